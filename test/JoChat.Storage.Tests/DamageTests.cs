namespace JoChat.Storage.Tests;

/// <summary>Damage is found when the store is opened, and nothing is written then.</summary>
public sealed class DamageTests : IDisposable
{
    private const int PageBytes = 4096;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_in_the_middle_that_was_overwritten_is_found()
    {
        MakeDatabase();
        Overwrite(offset: new FileInfo(_folder.Database).Length / PageBytes / 2 * PageBytes, new byte[PageBytes]);

        AssertRefused("the file is damaged (");
    }

    [Fact]
    public void A_header_that_was_overwritten_is_found()
    {
        MakeDatabase();
        Overwrite(offset: 16, [.. Enumerable.Repeat((byte)0xAA, 84)]);

        AssertRefused("the file is damaged");
    }

    [Fact]
    public void A_beginning_that_was_overwritten_is_no_database()
    {
        MakeDatabase();
        Overwrite(offset: 0, new byte[PageBytes]);

        AssertRefused("is not a database");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void A_file_that_was_cut_is_found(int part)
    {
        MakeDatabase();
        using (var file = File.OpenWrite(_folder.Database)) { file.SetLength(file.Length - (file.Length / part)); }

        AssertRefused("the file is damaged");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_WAL_without_its_database_is_refused_and_kept(bool isThere)
    {
        using var died = new TestFolder();
        using (var store = SqliteChatStore.Open(died.Database))
        {
            AddMessages(store, count: 10);
            died.CopyDatabaseTo(_folder);
        }
        File.Delete(_folder.Database);
        if (isThere) { File.WriteAllBytes(_folder.Database, []); }
        var wal = File.ReadAllBytes(_folder.Database + "-wal");

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        Assert.Contains("it is empty, but its log", refused.Message, StringComparison.Ordinal);
        Assert.Equal(wal, File.ReadAllBytes(_folder.Database + "-wal"));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void A_WAL_with_garbage_in_it_is_read_up_to_there(double where)
    {
        using var died = new TestFolder();
        using (var store = SqliteChatStore.Open(died.Database))
        {
            for (var i = 0; i < 50; i++) { AddMessages(store, count: 1); }
            died.CopyDatabaseTo(_folder);
        }
        using (var wal = File.OpenWrite(_folder.Database + "-wal"))
        {
            wal.Position = (long)(wal.Length * where);
            wal.Write([.. Enumerable.Repeat((byte)0xAA, 100)]);
        }

        using var opened = SqliteChatStore.Open(_folder.Database);

        Assert.InRange(opened.LastMessageId.Value, 1, 49);
    }

    [Fact]
    public void Damage_inside_the_file_is_not_looked_for_unless_asked()
    {
        MakeDatabase();
        Overwrite(offset: new FileInfo(_folder.Database).Length / PageBytes / 2 * PageBytes, new byte[PageBytes]);

        SqliteChatStore.Open(_folder.Database, isChecked: false).Dispose();
    }

    private void MakeDatabase()
    {
        using var store = SqliteChatStore.Open(_folder.Database);
        AddMessages(store, count: 2000);
    }

    private static void AddMessages(SqliteChatStore store, int count)
    {
        store.Begin();
        var account = store.FindAccount("ADA")?.Id
            ?? Assert.NotNull(store.AddAccount("ada", "ADA", "hash", DateTimeOffset.UnixEpoch));
        for (var i = 0; i < count; i++)
        {
            var id = new MessageId(store.LastMessageId.Value + 1);
            store.AddMessage(new NewMessage(id, account, account, new string('x', 200), DateTimeOffset.UnixEpoch));
        }
        store.Commit();
    }

    private void Overwrite(long offset, byte[] bytes)
    {
        using var file = File.OpenWrite(_folder.Database);
        file.Position = offset;
        file.Write(bytes);
    }

    private void AssertRefused(string reason)
    {
        var before = _folder.Hash();

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Database, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, _folder.Hash());
    }
}
