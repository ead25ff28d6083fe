namespace JoChat.Storage.Tests;

/// <summary>A database of schema 1 with content, brought to the newest.</summary>
public sealed class Migration0002Tests : DatabaseTests
{
    private static readonly AccountId Ada = new(1), Bob = new(2), Eve = new(3);
    private static readonly MessageId Newest = new(long.MaxValue);

    public Migration0002Tests()
    {
        using var connection = Sqlite.CreateOld(Folder.Database, schema: 1);
        connection.Run("""
            INSERT INTO accounts (id, username, username_key, password_hash, created_at, received_through) VALUES
                (1, 'ada', 'ADA', 'hash', 0, 0), (2, 'bob', 'BOB', 'hash', 0, 12), (3, 'eve', 'EVE', 'hash', 0, 0);
            INSERT INTO messages (id, sender_id, recipient_id, content, sent_at, received) VALUES
                (10, 1, 2, 'one', 0, 0), (11, 2, 1, 'two', 0, 0), (12, 1, 2, 'three', 0, 0), (13, 1, 2, 'four', 0, 0),
                (14, 1, 2, 'five', 0, 1), (15, 3, 3, 'six', 0, 0);
            UPDATE last_message SET id = 20;
            """);
    }

    [Fact]
    public void What_was_there_is_there()
    {
        using var store = Open();
        using var reader = store.OpenReader();

        using var connection = Sqlite.Connect(Folder.Database);
        Assert.Equal("ok", connection.Run("PRAGMA integrity_check"));
        Assert.Null(connection.Run("PRAGMA foreign_key_check"));
        Assert.Equal("ada", store.FindAccount("ADA")?.Username);
        Assert.Equal(20, store.LastMessageId.Value);
        Assert.Equal([13], store.ReadUndelivered(Bob, default, Newest, 10, 1000).Select(message => message.Id.Value));
        Assert.Equal(
            [10, 11, 12, 13, 14], reader.ReadHistory(Ada, Bob, Newest, 10, 1000).Select(message => message.Id.Value));
    }

    [Fact]
    public void Each_pair_has_a_conversation_and_what_was_delivered_counts_as_read()
    {
        using var store = Open();

        Assert.Equal([("bob", 1, 14)], Conversations(store, Ada));
        Assert.Equal([("ada", 2, 14)], Conversations(store, Bob)); // 14 was marked past 13, where the watermark stops
        Assert.Equal([("eve", 1, 15)], Conversations(store, Eve));
    }

    [Fact]
    public void A_pair_goes_on_as_before()
    {
        using var store = Open();

        store.Begin();
        store.AddMessage(new NewMessage(new MessageId(21), Bob, Ada, "seven", DateTimeOffset.UnixEpoch, "c1"));
        store.DeleteWhole(Eve);
        store.Commit();

        Assert.Equal([("bob", 2, 21)], Conversations(store, Ada));
        Assert.Empty(Conversations(store, Eve));
    }

    private static IEnumerable<(string With, long Unread, long Last)> Conversations(
        SqliteChatStore store, AccountId account)
    {
        using var reader = store.OpenReader();
        return reader.ListConversations(account, Newest, 10, 1000).Select(
            conversation => (conversation.With.Username, conversation.UnreadCount, conversation.LastMessage.Id.Value));
    }
}
