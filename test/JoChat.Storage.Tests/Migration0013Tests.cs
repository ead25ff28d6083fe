namespace JoChat.Storage.Tests;

/// <summary>Held names of schema 12, from before what looks like one was refused.</summary>
public sealed class Migration0013Tests : DatabaseTests
{
    [Fact]
    public void New_names_are_compared_with_names_that_were_held_before()
    {
        using (var old = Sqlite.CreateOld(Folder.Database, schema: 12))
        {
            old.Run("INSERT INTO held_names (username_key, until) VALUES ('PAU1', 1000), ('ZOE', 1000)");
        }

        using var store = SqliteChatStore.Open(Folder.Database, skeletonOf: name => name.ToUpperInvariant().Replace('1', 'L'));

        Assert.Equal(["PAU1"], store.FindSameSkeleton("paul", DateTimeOffset.FromUnixTimeMilliseconds(999), 10));
        Assert.Empty(store.FindSameSkeleton("paul", DateTimeOffset.FromUnixTimeMilliseconds(1000), 10));
        Assert.True(store.IsHeld("PAU1", DateTimeOffset.FromUnixTimeMilliseconds(999)));
    }
}
