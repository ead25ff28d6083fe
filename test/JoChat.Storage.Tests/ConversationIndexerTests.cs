using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>The order of conversations is written behind the messages, and not for each of them.</summary>
public sealed class ConversationIndexerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteChatStore _store;
    private readonly AccountId _ada, _bob;

    public ConversationIndexerTests()
    {
        _store = SqliteChatStore.Open(_folder.Database);
        _store.Begin();
        (_ada, _bob) = (Add("ada"), Add("bob"));
        _store.Commit();
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Few_messages_write_no_order_and_many_write_it_once()
    {
        using var database = Sqlite.Connect(_folder.Database);

        SendAs(1999);
        CommitOnce();
        Assert.Equal((0L, 0L), (Marked(database), Rows(database)));

        SendAs(2000);
        CommitOnce();
        Assert.Equal((2000L, 2L), (Marked(database), Rows(database)));

        SendAs(3999);
        CommitOnce();
        Assert.Equal((2000L, 2L), (Marked(database), Rows(database)));
        Assert.Equal(2000L, database.Run("SELECT max(last_id) FROM conversations"));
    }

    [Fact]
    public void An_order_that_cannot_be_written_refuses_nothing_and_is_written_when_it_can()
    {
        using var database = Sqlite.Connect(_folder.Database);
        using var reader = _store.OpenReader();
        database.Run("""
            CREATE TRIGGER full_disk BEFORE INSERT ON conversations BEGIN SELECT RAISE(ROLLBACK, 'no room'); END
            """);

        SendAs(2000);
        SendAs(3999);
        SendAs(4000);
        SendAs(5000);
        Assert.Equal((0L, 0L), (Marked(database), Rows(database)));
        Assert.Equal(5000, LastListed(reader));

        database.Run("DROP TRIGGER full_disk");
        CommitOnce();
        Assert.Equal(0, Marked(database)); // not tried at each commit
        SendAs(6000);
        CommitOnce();

        Assert.Equal((6000L, 2L), (Marked(database), Rows(database)));
        Assert.Equal(6000, LastListed(reader));
    }

    [Fact]
    public void The_order_comes_no_further_than_what_is_on_disk()
    {
        using var database = Sqlite.Connect(_folder.Database);
        SendAs(2000);
        _store.Begin();
        AddMessage(9000, _ada, _bob);
        _store.Rollback();

        CommitOnce();

        Assert.Equal(2000, Marked(database)); // were it killed now, the next process would give 2001 again
    }

    [Fact]
    public void An_order_whose_batch_was_undone_is_written_with_the_next()
    {
        using var database = Sqlite.Connect(_folder.Database);
        using var order = new ConversationIndexer(database, maxUnindexed: 10);
        SendAs(20);
        database.Run("BEGIN");
        order.CatchUp(new MessageId(20));
        database.Run("ROLLBACK");
        Assert.Equal((0L, 0L), (Marked(database), Rows(database)));

        order.CatchUp(new MessageId(20));

        Assert.Equal((20L, 2L), (Marked(database), Rows(database)));
    }

    [Fact]
    public void The_order_of_many_pairs_is_written_a_part_at_a_time_unless_too_much_is_left()
    {
        using var database = Sqlite.Connect(_folder.Database);
        using var order = new ConversationIndexer(database, maxUnindexed: 1000);
        _store.Begin();
        for (var i = 1; i <= 1000; i++) { AddMessage(i, _ada, Add($"p{i}")); }
        _store.Commit();

        Assert.True(order.IsDue(new MessageId(1000)));
        order.CatchUp(new MessageId(1000));
        order.Committed();
        Assert.Equal((256L, 512L), (Marked(database), Rows(database)));
        Assert.False(order.IsDue(new MessageId(1255)));

        order.CatchUp(new MessageId(2900));

        Assert.Equal(901L, Marked(database)); // the first that leaves less than twice as many
    }

    private static long Marked(SqliteConnection database) =>
        (long)database.Run("SELECT ordered_through FROM last_message")!; // it has always a row

    private static long Rows(SqliteConnection database) =>
        (long)database.Run("SELECT count(*) FROM conversations")!; // a count has always a row

    private AccountId Add(string name) => Assert.NotNull(
        _store.AddAccount(name, name.ToUpperInvariant(), "hash", DateTimeOffset.UnixEpoch));

    private void SendAs(long id)
    {
        _store.Begin();
        AddMessage(id, _ada, _bob);
        _store.Commit();
    }

    // The order is written before the next batch.
    private void CommitOnce()
    {
        _store.Begin();
        _store.Commit();
    }

    private long LastListed(IChatReader reader) =>
        Assert.Single(reader.ListConversations(_ada, new MessageId(long.MaxValue), 10, 1000)).LastMessage.Id.Value;

    private void AddMessage(long id, AccountId sender, AccountId recipient) => _store.AddMessage(
        new NewMessage(new MessageId(id), sender, recipient, "hello", DateTimeOffset.UnixEpoch));
}
