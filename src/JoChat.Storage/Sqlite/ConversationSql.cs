namespace JoChat.Storage;

/// <summary>The SQL text of the statements on conversations. Each finds its rows by an index.</summary>
internal static class ConversationSql
{
    private const string ReadThrough =
        "(SELECT read_through FROM conversations WHERE account_id = message.recipient_id AND other_id = message.sender_id)";

    private const string ReceivedThrough =
        "(SELECT received_through FROM accounts WHERE id = message.recipient_id)";

    /// <summary>What <see cref="ConversationQueries.ReadMessage"/> reads of a message, for its recipient.</summary>
    /// <remarks>The values of the state are those of <see cref="DeliveryState"/>.</remarks>
    public const string Columns = $"""
        message.id, message.sender_id, message.content, message.sent_at,
        CASE
          WHEN message.id <= {ReadThrough} THEN 2
          WHEN message.received = 1 OR message.id <= {ReceivedThrough} THEN 1
          ELSE 0
        END
        """;

    // The same for either: a sender who is blocked sees the state as it was then.
    private const string ViewedColumns = $"""
        message.id, message.sender_id, message.content, message.sent_at,
        CASE
          WHEN message.id <= ifnull(block.read_through, {ReadThrough}) THEN 2
          WHEN message.id <= ifnull(block.received_through, {ReceivedThrough})
            OR (message.received = 1 AND message.id <= ifnull(block.marked_through, message.id)) THEN 1
          ELSE 0
        END
        """;

    private const string JoinBlock = """
        LEFT JOIN blocks AS block
          ON block.account_id = message.recipient_id AND block.other_id = message.sender_id
        """;

    // Three range scans, merged. For messages to oneself the last would be the first again, so it is left out.
    public const string ReadHistory = $"""
        SELECT {ViewedColumns}
        FROM messages AS message
        {JoinBlock}
        WHERE message.sender_id = $account AND message.recipient_id = $other AND message.id < $before
        UNION ALL
        SELECT {ViewedColumns}
        FROM withheld_messages AS message
        {JoinBlock}
        WHERE message.sender_id = $account AND message.recipient_id = $other AND message.id < $before
        UNION ALL
        SELECT {Columns}
        FROM messages AS message
        WHERE message.sender_id = $other AND message.recipient_id = $account AND message.id < $before
          AND $other <> $account
        ORDER BY 1 DESC
        LIMIT $limit + 0
        """;

    // The newest messages, which are not indexed yet, merged with the index. The first part reads the few messages of
    // all accounts above the indexed id, not by the index of pairs (+); the last stops at the limit.
    public const string Rank = """
        WITH newest AS MATERIALIZED (
          SELECT other_id, max(id) AS last_id
          FROM (
            SELECT iif(sender_id = $account, recipient_id, sender_id) AS other_id, id
            FROM messages
            WHERE id > (SELECT ordered_through FROM last_message) AND $account IN (sender_id, recipient_id)
            UNION ALL
            SELECT recipient_id, id
            FROM withheld_messages
            WHERE id > (SELECT ordered_through FROM last_message) AND +sender_id = $account)
          GROUP BY 1)
        SELECT other_id, last_id
        FROM newest
        WHERE last_id < $before
        UNION ALL
        SELECT other_id, last_id
        FROM conversations
        WHERE account_id = $account AND last_id > 0 AND last_id < $before
          AND other_id NOT IN (SELECT other_id FROM newest)
        ORDER BY last_id DESC
        LIMIT $limit + 0
        """;

    // The other way round than Rank: whose lists an account is in. What is withheld is a conversation of its sender alone.
    public const string FindContactsOf = """
        SELECT account_id
        FROM conversations
        WHERE other_id = $account AND account_id > $after AND last_id > 0
        UNION
        SELECT iif(sender_id = $account, recipient_id, sender_id) AS contact
        FROM messages
        WHERE id > (SELECT ordered_through FROM last_message) AND $account IN (sender_id, recipient_id)
          AND contact > $after
        UNION
        SELECT sender_id
        FROM withheld_messages
        WHERE id > (SELECT ordered_through FROM last_message) AND +recipient_id = $account AND sender_id > $after
        ORDER BY 1
        LIMIT $limit + 0
        """;

    public const string ReadLast = $"""
        SELECT {ViewedColumns}, (SELECT username FROM accounts WHERE id = $other)
        FROM (
          SELECT * FROM messages WHERE id = $id
          UNION ALL
          SELECT * FROM withheld_messages WHERE id = $id) AS message
        {JoinBlock} AND message.sender_id = $account
        """;

    private const string Unread = """
        FROM messages
        WHERE sender_id = $sender AND recipient_id = $reader
          AND id > ifnull((SELECT read_through FROM conversations
                           WHERE account_id = $reader AND other_id = $sender), 0)
        """;

    public const string CountUnread = $"""
        SELECT count(*)
        FROM (SELECT 1 {Unread} LIMIT $limit + 0)
        """;

    public const string FindUnread = $"""
        SELECT id
        {Unread}
          AND id <= $through
        ORDER BY id DESC
        LIMIT $limit + 0
        """;

    public const string MarkRead = """
        INSERT INTO conversations (account_id, other_id, read_through)
        VALUES ($reader, $sender, $through)
        ON CONFLICT DO UPDATE SET read_through = excluded.read_through
        """;
}
