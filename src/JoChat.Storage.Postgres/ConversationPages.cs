namespace JoChat.Storage.Postgres;

/// <summary>The SQL text of the statements on conversations.</summary>
internal static class ConversationPages
{
    private const string ReadThrough = """
        coalesce((SELECT read_through FROM conversations
                  WHERE account_id = message.recipient_id AND other_id = message.sender_id), 0)
        """;

    private const string ReceivedThrough =
        "(SELECT received_through FROM watermarks WHERE account_id = message.recipient_id)";

    // The values are those of DeliveryState.
    private const string State = $"""
        CASE
          WHEN message.id <= {ReadThrough} THEN 2
          WHEN message.received OR message.id <= {ReceivedThrough} THEN 1
          ELSE 0
        END
        """;

    // The same for either: a sender who is blocked sees the state as it was then.
    private const string ViewedState = $"""
        CASE
          WHEN message.id <= coalesce(block.read_through, {ReadThrough}) THEN 2
          WHEN message.id <= coalesce(block.received_through, {ReceivedThrough})
            OR (message.received AND message.id <= coalesce(block.marked_through, message.id)) THEN 1
          ELSE 0
        END
        """;

    private const string Newest = """
        newest AS MATERIALIZED (
          SELECT other_id, max(id) AS last_id
          FROM (
            SELECT CASE sender_id WHEN $1 THEN recipient_id ELSE sender_id END AS other_id, id
            FROM messages
            WHERE id > (SELECT ordered_through FROM writer WHERE part = 0) AND $1 IN (sender_id, recipient_id)
            UNION ALL
            SELECT recipient_id, id
            FROM withheld_messages
            WHERE id > (SELECT ordered_through FROM writer WHERE part = 0) AND sender_id = $1) AS late
          GROUP BY other_id)
        """;

    // The newest messages, which have no order yet, merged with the others.
    private const string Ranked = """
        SELECT *
        FROM (
          SELECT other_id, last_id
          FROM newest
          WHERE last_id < $2
          UNION ALL
          (SELECT other_id, last_id
           FROM conversations
           WHERE account_id = $1 AND last_id > 0 AND last_id < $2 AND other_id NOT IN (SELECT other_id FROM newest)
           ORDER BY last_id DESC
           LIMIT $3)) AS ranked
        ORDER BY last_id DESC
        LIMIT $3
        """;

    /// <summary>A page of conversations, but for what is unread: of whom, before which message, how many, up to how many
    /// bytes.</summary>
    public static readonly string List = $"""
        WITH {Newest}, ranked AS MATERIALIZED ({Ranked})
        SELECT message.id, message.sender_id, message.content, message.sent_at, {ViewedState}, other.id, other.username
        FROM ({PageSql.Within("""
            SELECT message.*, ranked.other_id
            FROM ranked
            CROSS JOIN LATERAL (
              SELECT * FROM messages WHERE id = ranked.last_id
              UNION ALL
              SELECT * FROM withheld_messages WHERE id = ranked.last_id) AS message
            """, "DESC", "$4")}) AS message
        JOIN accounts AS other ON other.id = message.other_id
        LEFT JOIN blocks AS block
          ON block.account_id = message.recipient_id AND block.other_id = message.sender_id AND message.sender_id = $1
        ORDER BY message.id DESC
        """;

    /// <summary>How much is unread: by whom, of which others, in their order, and where counting stops.</summary>
    public const string CountUnread = """
        SELECT (SELECT count(*)
                FROM (SELECT 1
                      FROM messages
                      WHERE sender_id = other.id AND recipient_id = $1
                        AND id > coalesce((SELECT read_through FROM conversations
                                           WHERE account_id = $1 AND other_id = other.id), 0)
                      LIMIT $3) AS unread)
        FROM unnest($2) WITH ORDINALITY AS other (id, position)
        ORDER BY other.position
        """;

    /// <summary>Contacts by name: of whom, before which message, of how many, which one besides, the pattern, how many to skip
    /// and to return.</summary>
    public static readonly string Contacts = $"""
        WITH {Newest}
        SELECT account.id, account.username
        FROM (SELECT other_id AS id FROM ({Ranked}) AS ranked
              UNION
              SELECT id FROM accounts WHERE username_key = $4) AS known
        JOIN accounts AS account ON account.id = known.id
        WHERE account.username_key >= ' ' -- below are deleted ones
          AND account.username_key LIKE $5 ESCAPE '\'
        ORDER BY account.username_key
        LIMIT $7 OFFSET $6
        """;

    /// <summary>A page of a conversation: of whom, with whom, before which message, how many, up to how many bytes.</summary>
    /// <remarks>For messages to oneself the last range would be the first again, so it is left out.</remarks>
    public static readonly string History = $"""
        SELECT message.id, message.sender_id, message.content, message.sent_at, {ViewedState}
        FROM ({PageSql.Within("""
            SELECT *
            FROM (
              (SELECT * FROM messages WHERE sender_id = $1 AND recipient_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4)
              UNION ALL
              (SELECT * FROM withheld_messages
               WHERE sender_id = $1 AND recipient_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4)
              UNION ALL
              (SELECT * FROM messages
               WHERE sender_id = $2 AND recipient_id = $1 AND id < $3 AND $2 <> $1 ORDER BY id DESC LIMIT $4)) AS sides
            ORDER BY id DESC
            LIMIT $4
            """, "DESC", "$5")}) AS message
        LEFT JOIN blocks AS block
          ON block.account_id = message.recipient_id AND block.other_id = message.sender_id AND message.sender_id = $1
        ORDER BY message.id DESC
        """;

    /// <summary>A page of an inbox: of whom, only undelivered ones, after and before which message, how many, up to how many
    /// bytes.</summary>
    /// <param name="order"><c>ASC</c> or <c>DESC</c>.</param>
    public static string Inbox(string order) => $"""
        SELECT message.id, message.sender_id, message.content, message.sent_at, {State}, sender.username
        FROM ({PageSql.Within($"""
            SELECT *
            FROM messages
            WHERE recipient_id = $1
              AND id > (SELECT greatest(CASE WHEN $2 THEN received_through ELSE 0 END, $3)
                        FROM watermarks WHERE account_id = $1)
              AND id < $4
              AND NOT ($2 AND received)
            ORDER BY id {order}
            LIMIT $5
            """, order, "$6")}) AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        ORDER BY message.id {order}
        """;

    // Whose lists an account is in. What is withheld is a conversation of its sender alone.
    public const string FindContactsOf = """
        SELECT contact
        FROM (
          SELECT account_id AS contact FROM conversations WHERE other_id = $1 AND account_id > $2 AND last_id > 0
          UNION
          SELECT CASE sender_id WHEN $1 THEN recipient_id ELSE sender_id END
          FROM messages
          WHERE id > (SELECT ordered_through FROM writer WHERE part = 0) AND $1 IN (sender_id, recipient_id)
          UNION
          SELECT sender_id
          FROM withheld_messages
          WHERE id > (SELECT ordered_through FROM writer WHERE part = 0) AND recipient_id = $1) AS contacts
        WHERE contact > $2
        ORDER BY contact
        LIMIT $3
        """;
}
