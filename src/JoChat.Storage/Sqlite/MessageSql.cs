namespace JoChat.Storage;

/// <summary>The SQL text of the statements on messages. Each finds its rows by an index, already sorted.</summary>
internal static class MessageSql
{
    public const string Add = """
        INSERT INTO messages (id, sender_id, recipient_id, content, sent_at)
        VALUES ($id, $sender, $recipient, $content, $sent)
        """;

    public const string AddWithheld = """
        INSERT INTO withheld_messages (id, sender_id, recipient_id, content, sent_at)
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

    public const string ReadUnmarked = """
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM messages AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        WHERE message.recipient_id = $recipient
          AND message.id > $after
          AND message.id <= $through
          AND message.received = 0
        ORDER BY message.id
        LIMIT $limit + 0
        """;

    private const string ForRecipient = """
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM messages AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        WHERE message.recipient_id = $recipient
        """;

    // Three range scans, merged: live messages, messages marked one by one, messages up to the watermark. A single scan
    // would step over every undelivered message between them. Each has one upper bound: SQLite would look for two
    // within the first alone.
    public const string ReadDelivered = $"""
        {ForRecipient}
          AND message.id > (SELECT max(received_through, $liveAfter) FROM accounts WHERE id = $recipient)
          AND message.id < $before
        UNION ALL
        {ForRecipient}
          AND message.id > (SELECT received_through FROM accounts WHERE id = $recipient)
          AND message.id <= min($liveAfter, $before - 1)
          AND message.received = 1
        UNION ALL
        {ForRecipient}
          AND message.id <= (SELECT min(received_through, $before - 1) FROM accounts WHERE id = $recipient)
        ORDER BY 1 DESC
        LIMIT $limit + 0
        """;

    public const string MarkDeliveredAfter = """
        UPDATE messages
        SET received = 1
        WHERE recipient_id = $recipient
          AND id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
          AND id <= $through
          AND received = 0
        """;

    // For who sent them: their recipient has none of these.
    public const string MarkWithheldAfter = """
        UPDATE withheld_messages
        SET received = 1
        WHERE recipient_id = $recipient
          AND id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
          AND id <= $through
          AND received = 0
        """;
}
