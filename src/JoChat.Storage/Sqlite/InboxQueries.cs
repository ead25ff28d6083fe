using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The queries that read what an account was sent, page by page.</summary>
internal sealed class InboxQueries(SqliteConnection connection) : IDisposable
{
    // Range scans of the index by recipient. What was delivered is left out up to the watermark, which is where it ends
    // but for the few that were marked one by one.
    private const string Inbox = $"""
        SELECT {ConversationSql.Columns}, (SELECT username FROM accounts WHERE id = message.sender_id)
        FROM messages AS message
        WHERE message.recipient_id = $recipient
          AND message.id > (SELECT max(received_through * $undelivered, $after) FROM accounts WHERE id = $recipient)
          AND message.id < $before
          AND message.received * $undelivered = 0
        """;

    internal const string ReadOldestSql = $"""
        {Inbox}
        ORDER BY message.id
        LIMIT $limit + 0
        """;

    internal const string ReadNewestSql = $"""
        {Inbox}
        ORDER BY message.id DESC
        LIMIT $limit + 0
        """;

    private const int SenderColumn = 5;

    private readonly Statement _readOldest = Prepare(connection, ReadOldestSql);
    private readonly Statement _readNewest = Prepare(connection, ReadNewestSql);

    /// <summary>As <see cref="IChatReader.ReadInbox"/>.</summary>
    public List<ReceivedMessage> Read(AccountId recipient, InboxPage page, int maxBytes)
    {
        var messages = new List<ReceivedMessage>();
        var budget = new ByteBudget(maxBytes);
        using var rows = (page.FromOldest ? _readOldest : _readNewest).Read(
            recipient.Value, page.UndeliveredOnly ? 1 : 0, page.After.Value, page.Before.Value, page.Limit);
        while (rows.Read())
        {
            var message = ConversationQueries.ReadMessage(rows);
            if (!budget.TryAdd(message.Content)) { break; }
            messages.Add(new ReceivedMessage(rows.GetString(SenderColumn), message));
        }
        if (!page.FromOldest) { messages.Reverse(); }
        return messages;
    }

    public void Dispose()
    {
        _readOldest.Dispose();
        _readNewest.Dispose();
    }

    private static Statement Prepare(SqliteConnection connection, string sql) => new(connection, sql,
        ("$recipient", SqliteType.Integer), ("$undelivered", SqliteType.Integer), ("$after", SqliteType.Integer),
        ("$before", SqliteType.Integer), ("$limit", SqliteType.Integer));
}
