using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>The order of conversations is written behind the messages, and not for each of them.</summary>
public sealed class ConversationOrderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteChatStore _store;
    private readonly AccountId _ada, _bob;

    public ConversationOrderTests()
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
        Assert.Equal((0L, 0L), (Marked(database), Rows(database)));

        SendAs(2000);
        Assert.Equal((2000L, 2L), (Marked(database), Rows(database)));

        SendAs(3999);
        Assert.Equal((2000L, 2L), (Marked(database), Rows(database)));
        Assert.Equal(2000L, database.Run("SELECT max(last_id) FROM conversations"));
    }

    [Fact]
    public void An_order_whose_batch_was_undone_is_written_with_the_next()
    {
        using var database = Sqlite.Connect(_folder.Database);
        using var order = new ConversationOrder(database, most: 10);
        SendAs(20);
        database.Run("BEGIN");
        order.CatchUp(new MessageId(20));
        database.Run("ROLLBACK");
        Assert.Equal((0L, 0L), (Marked(database), Rows(database)));

        order.CatchUp(new MessageId(20));

        Assert.Equal((20L, 2L), (Marked(database), Rows(database)));
    }

    [Fact]
    public void An_order_that_is_on_disk_is_not_written_again()
    {
        using var database = Sqlite.Connect(_folder.Database);
        using var order = new ConversationOrder(database, most: 10);
        SendAs(20);
        order.CatchUp(new MessageId(20));
        order.Committed();
        database.Run("DELETE FROM conversations");

        order.CatchUp(new MessageId(29));

        Assert.Equal((20L, 0L), (Marked(database), Rows(database)));
    }

    [Fact]
    public void The_order_of_many_pairs_is_written_a_part_at_a_time_unless_too_much_is_left()
    {
        using var database = Sqlite.Connect(_folder.Database);
        using var order = new ConversationOrder(database, most: 1000);
        _store.Begin();
        for (var i = 1; i <= 1000; i++) { AddMessage(i, _ada, Add($"p{i}")); }
        _store.Commit();

        order.CatchUp(new MessageId(1000));
        order.Committed();
        Assert.Equal((256L, 512L), (Marked(database), Rows(database)));

        order.CatchUp(new MessageId(1255));
        order.Committed();
        Assert.Equal(256L, Marked(database));

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

    private void AddMessage(long id, AccountId sender, AccountId recipient) => _store.AddMessage(
        new NewMessage(new MessageId(id), sender, recipient, "hello", DateTimeOffset.UnixEpoch));
}
