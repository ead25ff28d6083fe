using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>Conversations are indexed later than their messages are stored, and not for each of them.</summary>
public sealed class ConversationIndexerTests : DatabaseTests
{
    private static readonly long MaxUnindexed = new StoreLimits().MaxUnindexed;

    private readonly SqliteChatStore _store;
    private readonly AccountId _ada, _bob;

    public ConversationIndexerTests()
    {
        _store = Open();
        (_ada, _bob) = (_store.Add("ada"), _store.Add("bob"));
    }

    public override void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Messages_are_indexed_many_at_a_time()
    {
        using var database = Sqlite.Connect(Folder.Database);

        SendAs(MaxUnindexed - 1);
        CommitOnce();
        Assert.Equal((0L, 0L), (IndexedThrough(database), Rows(database)));

        SendAs(MaxUnindexed);
        CommitOnce();
        Assert.Equal((MaxUnindexed, 2L), (IndexedThrough(database), Rows(database)));

        SendAs((2 * MaxUnindexed) - 1);
        CommitOnce();
        Assert.Equal(MaxUnindexed, IndexedThrough(database));
    }

    [Fact]
    public void An_index_that_cannot_be_written_refuses_nothing_and_is_written_later()
    {
        using var database = Sqlite.Connect(Folder.Database);
        using var reader = _store.OpenReader();
        database.Run("""
            CREATE TRIGGER full_disk BEFORE INSERT ON conversations BEGIN SELECT RAISE(ROLLBACK, 'no room'); END
            """);

        for (var id = MaxUnindexed; id <= 5 * MaxUnindexed; id += MaxUnindexed / 2) { SendAs(id); }
        Assert.Equal(0, IndexedThrough(database));
        Assert.Equal(5 * MaxUnindexed, LastListed(reader));

        database.Run("DROP TRIGGER full_disk");
        SendAs(6 * MaxUnindexed);
        CommitOnce();

        Assert.Equal(6 * MaxUnindexed, IndexedThrough(database));
        Assert.Equal(6 * MaxUnindexed, LastListed(reader));
    }

    [Fact]
    public void Only_committed_messages_are_indexed()
    {
        using var database = Sqlite.Connect(Folder.Database);
        SendAs(MaxUnindexed);
        _store.Begin();
        AddMessage(5 * MaxUnindexed, _ada, _bob);
        _store.Rollback();

        CommitOnce();

        Assert.Equal(MaxUnindexed, IndexedThrough(database)); // after a crash, higher ids are given again
    }

    [Fact]
    public void An_index_whose_batch_was_rolled_back_is_written_with_the_next()
    {
        using var database = Sqlite.Connect(Folder.Database);
        using var indexer = new ConversationIndexer(database, maxUnindexed: 10);
        SendAs(20);
        database.Run("BEGIN");
        indexer.CatchUp(new MessageId(20));
        database.Run("ROLLBACK");
        Assert.Equal((0L, 0L), (IndexedThrough(database), Rows(database)));

        indexer.CatchUp(new MessageId(20));

        Assert.Equal((20L, 2L), (IndexedThrough(database), Rows(database)));
    }

    [Fact]
    public void Many_pairs_are_indexed_in_parts_but_never_twice_the_limit_late()
    {
        using var database = Sqlite.Connect(Folder.Database);
        database.Run("PRAGMA synchronous = OFF");
        using var indexer = new ConversationIndexer(database, maxUnindexed: 300);
        _store.Begin();
        for (var i = 1; i <= 600; i++) { AddMessage(i, _ada, Add($"p{i}")); }
        _store.Commit();

        indexer.CatchUp(new MessageId(599));
        indexer.Committed();
        Assert.InRange(IndexedThrough(database), 1, 500);

        indexer.CatchUp(new MessageId(1150));

        Assert.InRange(IndexedThrough(database), 1150 - (2 * 300) + 1, 600);
    }

    private static long IndexedThrough(SqliteConnection database) =>
        (long)database.Run("SELECT ordered_through FROM last_message")!; // it has always a row

    private static long Rows(SqliteConnection database) =>
        (long)database.Run("SELECT count(*) FROM conversations")!; // a count has always a row

    private AccountId Add(string name) => Assert.NotNull(
        _store.AddAccount(name, name.ToUpperInvariant(), "hash", DateTimeOffset.UnixEpoch));

    private void SendAs(long id) => _store.InBatch(() => AddMessage(id, _ada, _bob));

    // A batch that begins indexes first what is due.
    private void CommitOnce() => _store.InBatch(() => { });

    private long LastListed(IChatReader reader) =>
        Assert.Single(reader.ListConversations(_ada, new MessageId(long.MaxValue), 10, 1000)).LastMessage.Id.Value;

    private void AddMessage(long id, AccountId sender, AccountId recipient) => _store.AddMessage(
        new NewMessage(new MessageId(id), sender, recipient, "hello", DateTimeOffset.UnixEpoch));
}
