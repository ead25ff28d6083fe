namespace JoChat.Storage;

/// <summary>The statements over conversations, as text. Each finds its rows by an index.</summary>
internal static class ConversationSql
{
    public const string Add = """
        INSERT INTO conversations (account_id, other_id)
        VALUES ($one, $other), ($other, $one)
        ON CONFLICT DO NOTHING
        """;

    // The numbers are those of DeliveryState.
    private const string State = """
        CASE
          WHEN message.id <= (SELECT read_through FROM conversations
                              WHERE account_id = message.recipient_id AND other_id = message.sender_id) THEN 2
          WHEN message.received = 1
            OR message.id <= (SELECT received_through FROM accounts WHERE id = message.recipient_id) THEN 1
          ELSE 0
        END
        """;

    private const string Columns = "message.id, message.sender_id, message.content, message.sent_at, " + State;

    // Two walks over one index, merged. To oneself both would be the same walk.
    public const string ReadHistory = $"""
        SELECT {Columns}
        FROM messages AS message
        WHERE message.sender_id = $account AND message.recipient_id = $other AND message.id < $before
        UNION ALL
        SELECT {Columns}
        FROM messages AS message
        WHERE message.sender_id = $other AND message.recipient_id = $account AND message.id < $before
          AND $other <> $account
        ORDER BY 1 DESC
        LIMIT $limit
        """;

    // Sorts, but never holds more than the limit. The inner LIMIT only keeps SQLite from merging the two queries, which
    // would look for each last message twice.
    public const string Rank = """
        SELECT other_id, read_through, last_id
        FROM (SELECT other_id, read_through, max(
                  ifnull((SELECT max(id) FROM messages WHERE sender_id = $account AND recipient_id = other_id), 0),
                  ifnull((SELECT max(id) FROM messages WHERE sender_id = other_id AND recipient_id = $account), 0)
                ) AS last_id
              FROM conversations
              WHERE account_id = $account
              LIMIT -1)
        WHERE last_id > 0 AND last_id < $before
        ORDER BY last_id DESC
        LIMIT $limit
        """;

    public const string ReadLast = $"""
        SELECT {Columns}, (SELECT username FROM accounts WHERE id = $other)
        FROM messages AS message
        WHERE message.id = $id
        """;

    public const string CountUnread = """
        SELECT count(*)
        FROM (SELECT 1
              FROM messages
              WHERE sender_id = $other AND recipient_id = $account AND id > $readThrough
              LIMIT $limit)
        """;

    public const string FindUnread = """
        SELECT id
        FROM messages
        WHERE sender_id = $sender AND recipient_id = $reader
          AND id > (SELECT read_through FROM conversations WHERE account_id = $reader AND other_id = $sender)
          AND id <= $through
        ORDER BY id DESC
        LIMIT $limit
        """;

    public const string MarkRead =
        "UPDATE conversations SET read_through = $through WHERE account_id = $reader AND other_id = $sender";
}
