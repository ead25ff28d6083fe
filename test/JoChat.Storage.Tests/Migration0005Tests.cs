namespace JoChat.Storage.Tests;

/// <summary>Accounts of schema 4, from before look-alikes were refused.</summary>
public sealed class Migration0005Tests : DatabaseTests
{
    [Fact]
    public void Accounts_that_look_alike_stay_and_new_ones_are_compared_with_them()
    {
        using (var old = Sqlite.CreateOld(Folder.Database, schema: 4))
        {
            old.Run("""
                INSERT INTO accounts (username, username_key, password_hash, created_at)
                VALUES ('paul', 'PAUL', 'hash', 0), ('pau1', 'PAU1', 'hash', 0), ('zo1', 'ZO1', 'hash', 0)
                """);
        }

        using var store = SqliteChatStore.Open(Folder.Database, skeletonOf: name => name.Replace('1', 'l'));

        Assert.Equal("paul", store.FindAccount("PAUL")?.Username);
        Assert.Equal("pau1", store.FindAccount("PAU1")?.Username);
        Assert.Equal(2, store.FindSameSkeleton("paul", DateTimeOffset.UnixEpoch, 10).Count);
        Assert.Equal(["zo1"], store.FindSameSkeleton("zol", DateTimeOffset.UnixEpoch, 10));
        Assert.Empty(store.FindSameSkeleton("zoe", DateTimeOffset.UnixEpoch, 10));
    }
}
