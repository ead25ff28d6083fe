namespace JoChat.Storage.Tests;

/// <summary>A disk that is full and a database that is kept busy: failures that pass.</summary>
public sealed class SqliteFailureTests : DatabaseTests
{
    [MountFact]
    public void A_full_disk_fails_the_batch_as_a_whole_and_a_later_one_succeeds()
    {
        using var disk = Mount.Memory(Folder.Path, kibibytes: 2048);
        using var store = Open();
        var ada = store.Add("ada");
        File.WriteAllBytes(Folder.File("filler"), new byte[1024 * 1024]);

        var failed = Assert.Throws<StorageException>(() => AddMessages(store, ada, count: 1000));
        store.Rollback();
        var stored = CountUndelivered(store, ada);
        var lastId = store.LastMessageId;
        File.Delete(Folder.File("filler"));
        AddMessages(store, ada, count: 10);

        Assert.True(failed.IsTransient);
        Assert.Equal(
            $"cannot commit to {Folder.Database}: the disk is full; free some space on it", failed.Message);
        Assert.Equal(0, stored);
        Assert.Equal(10, CountUndelivered(store, ada));
        Assert.Equal(lastId.Value + 10, store.LastMessageId.Value);
    }

    [MountFact]
    public void What_was_stored_before_and_after_a_full_disk_survives_reopening()
    {
        using var disk = Mount.Memory(Folder.Path, kibibytes: 2048);
        AccountId ada;
        using (var store = Open())
        {
            ada = store.Add("ada");
            AddMessages(store, ada, count: 1);
            Assert.Throws<StorageException>(() => AddMessages(store, ada, count: 2000));
            AddMessages(store, ada, count: 1);
        }

        using var reopened = Open();

        Assert.Equal(2, CountUndelivered(reopened, ada));
    }

    [MountFact]
    public void A_WAL_that_cannot_grow_is_checkpointed_and_reused()
    {
        using var disk = Mount.Memory(Folder.Path, kibibytes: 1024);
        AccountId ada;
        using (var before = Open()) { ada = before.Add("ada"); } // the file has its pages
        using var store = Open();
        File.WriteAllBytes(Folder.File("filler"), new byte[512 * 1024]);

        var failures = new List<int>();
        for (var i = 0; i < 300; i++)
        {
            if (!TrySetPassword(store, ada, $"hash {i}")) { failures.Add(i); }
        }

        Assert.NotEmpty(failures);
        Assert.All(failures.Zip(failures.Skip(1)), pair => Assert.True(pair.Second > pair.First + 1, $"{pair}"));
    }

    [Fact]
    public void A_database_that_another_program_locks_is_a_transient_failure()
    {
        using var store = Open();
        using var other = Sqlite.Connect(Folder.Database);
        other.Run("BEGIN IMMEDIATE");

        var failed = Assert.Throws<StorageException>(store.Begin);
        other.Run("ROLLBACK");

        Assert.True(failed.IsTransient);
        Assert.Contains("another program holds the database locked", failed.Message, StringComparison.Ordinal);
        store.Add("ada");
    }

    private static bool TrySetPassword(SqliteChatStore store, AccountId account, string hash)
    {
        try
        {
            store.InBatch(() => store.SetPasswordHash(account, hash));
            return true;
        }
        catch (StorageException)
        {
            store.Rollback();
            return false;
        }
    }

    private static void AddMessages(SqliteChatStore store, AccountId account, int count) =>
        store.InBatch(() => store.AddMessages(account, count, new string('x', 2000)));

    private static long CountUndelivered(SqliteChatStore store, AccountId account) =>
        store.CountAll(account, default, store.LastMessageId);
}
