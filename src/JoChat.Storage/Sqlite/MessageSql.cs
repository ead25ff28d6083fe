namespace JoChat.Storage;

/// <summary>The statements over messages, as text. Each finds its rows by an index and in its order.</summary>
internal static class MessageSql
{
    public const string Add = """
        INSERT INTO messages (id, sender_id, recipient_id, content, sent_at)
        VALUES ($id, $sender, $recipient, $content, $sent)
        """;

    public const string CountWaiting = """
        SELECT count(*)
        FROM messages
        WHERE recipient_id = $recipient
          AND id > (SELECT received_through FROM accounts WHERE id = $recipient)
          AND id <= $through
          AND received = 0
        """;

    public const string ReadWaiting = """
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM messages AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        WHERE message.recipient_id = $recipient
          AND message.id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
          AND message.id <= $through
          AND message.received = 0
        ORDER BY message.id
        LIMIT $limit
        """;

    public const string ReadReceived = """
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM messages AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        WHERE message.recipient_id = $recipient
          AND (message.id <= (SELECT received_through FROM accounts WHERE id = $recipient)
               OR message.id > $liveAfter
               OR message.received = 1)
        ORDER BY message.id DESC
        """;

    public const string MarkReceivedAfter = """
        UPDATE messages
        SET received = 1
        WHERE recipient_id = $recipient
          AND id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
          AND received = 0
        """;

    public const string Delete = "DELETE FROM messages WHERE id = $id AND recipient_id = $recipient";
}
