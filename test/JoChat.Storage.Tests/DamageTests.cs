namespace JoChat.Storage.Tests;

/// <summary>Damage is found when the store is opened, and nothing is written then.</summary>
public sealed class DamageTests : DatabaseTests
{
    private const int PageBytes = 4096;

    [Theory]
    [InlineData(0, PageBytes, 0, "is not a database")]
    [InlineData(16, 84, 0xAA, "the file is damaged")] // the header
    [InlineData(60 * PageBytes, PageBytes, 0, "the file is damaged (")] // a page in the middle
    public void Bytes_that_were_overwritten_are_found(int offset, int count, byte value, string reason)
    {
        MakeDatabase();
        Overwrite(offset, [.. Enumerable.Repeat(value, count)]);

        AssertRefused(reason);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void A_file_that_was_cut_is_found(int part)
    {
        MakeDatabase();
        using (var file = File.OpenWrite(Folder.Database)) { file.SetLength(file.Length - (file.Length / part)); }

        AssertRefused("the file is damaged");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_WAL_without_its_database_is_refused_and_kept(bool isThere)
    {
        using var died = new TestFolder();
        using var store = SqliteChatStore.Open(died.Database);
        AddMessages(store, store.Add("ada"), count: 10);
        died.CopyDatabaseTo(Folder);
        File.Delete(Folder.Database);
        if (isThere) { File.WriteAllBytes(Folder.Database, []); }
        var wal = File.ReadAllBytes(Folder.Database + "-wal");

        var refused = Assert.Throws<StorageException>(Open);

        Assert.Contains("it is empty, but its log", refused.Message, StringComparison.Ordinal);
        Assert.Equal(wal, File.ReadAllBytes(Folder.Database + "-wal"));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void A_WAL_with_garbage_in_it_is_read_up_to_there(double where)
    {
        using var died = new TestFolder();
        using var store = SqliteChatStore.Open(died.Database);
        var ada = store.Add("ada");
        for (var i = 0; i < 50; i++) { AddMessages(store, ada, count: 1); }
        died.CopyDatabaseTo(Folder);
        using (var wal = File.OpenWrite(Folder.Database + "-wal"))
        {
            wal.Position = (long)(wal.Length * where);
            wal.Write([.. Enumerable.Repeat((byte)0xAA, 100)]);
        }

        using var opened = Open();

        Assert.InRange(opened.LastMessageId.Value, 1, 49);
    }

    [Fact]
    public void Damage_inside_the_file_is_not_looked_for_unless_asked()
    {
        MakeDatabase();
        Overwrite(60 * PageBytes, new byte[PageBytes]);

        SqliteChatStore.Open(Folder.Database, isChecked: false).Dispose();
    }

    private void MakeDatabase()
    {
        using var store = Open();
        AddMessages(store, store.Add("ada"), count: 2000);
    }

    private static void AddMessages(SqliteChatStore store, AccountId account, int count) =>
        store.InBatch(() => store.AddMessages(account, count, new string('x', 200)));

    private void Overwrite(long offset, byte[] bytes)
    {
        using var file = File.OpenWrite(Folder.Database);
        file.Position = offset;
        file.Write(bytes);
    }

    private void AssertRefused(string reason)
    {
        var message = Refuse();

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(Folder.Database, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
