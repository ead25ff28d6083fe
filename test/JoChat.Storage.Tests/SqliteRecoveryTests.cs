namespace JoChat.Storage.Tests;

/// <summary>What a gateway finds after the one before it died.</summary>
public sealed class SqliteRecoveryTests : DatabaseTests
{
    private readonly TestFolder _afterDeath = new();

    public override void Dispose()
    {
        _afterDeath.Dispose();
        base.Dispose();
    }

    [Fact]
    public void What_was_committed_survives_a_process_that_died()
    {
        using var died = Open();
        died.Add("ada");
        died.Begin();
        died.AddAccount("eve", "EVE", "hash", DateTimeOffset.UnixEpoch);
        Folder.CopyDatabaseTo(_afterDeath);

        using var store = SqliteChatStore.Open(_afterDeath.Database);

        Assert.NotNull(store.FindAccount("ADA"));
        Assert.Null(store.FindAccount("EVE"));
    }

    [Fact]
    public void A_batch_cut_off_on_its_way_to_disk_is_gone_and_earlier_ones_are_not()
    {
        using var died = Open();
        died.Add("ada");
        var before = ReadWal();
        died.Add("eve");
        var after = ReadWal();
        Folder.CopyDatabaseTo(_afterDeath);
        var last = Enumerable.Range(0, before.Length).Last(place => before[place] != after[place]);
        after[last] = before[last]; // the WAL is overwritten from its start: this is the batch's last byte in it
        File.WriteAllBytes(_afterDeath.Database + "-wal", after);

        using var store = SqliteChatStore.Open(_afterDeath.Database);

        Assert.NotNull(store.FindAccount("ADA"));
        Assert.Null(store.FindAccount("EVE"));
    }

    [Fact]
    public void A_process_that_died_before_its_first_migration_leaves_a_database_that_opens()
    {
        using (var connection = Sqlite.Connect(Folder.Database)) { connection.Run("PRAGMA journal_mode = WAL"); }

        using var store = Open();

        store.Add("ada");
    }

    [Fact]
    public void A_disposed_store_is_one_file_and_its_lock()
    {
        using (var store = Open()) { store.Add("ada"); }

        var files = Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order();

        Assert.Equal(["chat.db", "chat.db-lock"], files);
    }

    [Fact]
    public void Disposing_twice_and_in_the_middle_of_a_batch_is_allowed()
    {
        var store = Open();
        store.Begin();

        store.Dispose();
        store.Dispose();
    }

    private byte[] ReadWal()
    {
        using var wal = new FileStream(
            Folder.Database + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[wal.Length];
        wal.ReadExactly(bytes);
        return bytes;
    }
}
