namespace JoChat.Storage;

/// <summary>The statements over messages, as text. Each finds its rows by an index and in its order.</summary>
internal static class MessageSql
{
    public const string Add = """
        INSERT INTO messages (id, sender_id, recipient_id, content, sent_at)
        VALUES ($id, $sender, $recipient, $content, $sent)
        """;

    public const string ReadUndelivered = """
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM messages AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        WHERE message.recipient_id = $recipient
          AND message.id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
          AND message.id <= $through
          AND message.received = 0
        ORDER BY message.id
        LIMIT $limit + 0
        """;

    private const string Received = """
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM messages AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        WHERE message.recipient_id = $recipient
        """;

    // Three walks, merged: what is live, what was marked by itself, what the mark covers. In one walk, all that waits
    // between them would be passed over message by message.
    public const string ReadDelivered = $"""
        {Received}
          AND message.id > (SELECT max(received_through, $liveAfter) FROM accounts WHERE id = $recipient)
        UNION ALL
        {Received}
          AND message.id > (SELECT received_through FROM accounts WHERE id = $recipient)
          AND message.id <= $liveAfter
          AND message.received = 1
        UNION ALL
        {Received}
          AND message.id <= (SELECT received_through FROM accounts WHERE id = $recipient)
        ORDER BY 1 DESC
        """;

    public const string MarkDeliveredAfter = """
        UPDATE messages
        SET received = 1
        WHERE recipient_id = $recipient
          AND id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
          AND received = 0
        """;

    public const string Delete =
        "DELETE FROM messages WHERE id = $id AND recipient_id = $recipient RETURNING sender_id";
}
