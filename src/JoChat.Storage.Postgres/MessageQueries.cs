using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The statements that read and mark the messages of one recipient.</summary>
internal static class MessageQueries
{
    private static readonly string ReadUndeliveredSql = WithSender("ASC", """
        SELECT id, sender_id, content, sent_at
        FROM messages
        WHERE recipient_id = $1
          AND id > CASE WHEN $6
            THEN (SELECT greatest(received_through, $2) FROM watermarks WHERE account_id = $1)
            ELSE $2 END
          AND id <= $3
          AND NOT received
        ORDER BY id
        LIMIT $4
        """);

    // Three ranges: live messages, messages marked one by one, messages up to the watermark. A single scan would step over
    // every undelivered message between them.
    private static readonly string ReadDeliveredSql = WithSender("DESC", """
        SELECT *
        FROM (
          (SELECT id, sender_id, content, sent_at
           FROM messages
           WHERE recipient_id = $1
             AND id > (SELECT greatest(received_through, $2) FROM watermarks WHERE account_id = $1)
             AND id < $3
           ORDER BY id DESC
           LIMIT $4)
          UNION ALL
          (SELECT id, sender_id, content, sent_at
           FROM messages
           WHERE recipient_id = $1
             AND id > (SELECT received_through FROM watermarks WHERE account_id = $1)
             AND id <= least($2, $3 - 1)
             AND received
           ORDER BY id DESC
           LIMIT $4)
          UNION ALL
          (SELECT id, sender_id, content, sent_at
           FROM messages
           WHERE recipient_id = $1
             AND id <= (SELECT least(received_through, $3 - 1) FROM watermarks WHERE account_id = $1)
           ORDER BY id DESC
           LIMIT $4)) AS delivered
        ORDER BY id DESC
        LIMIT $4
        """);

    // $6: whether only what is above the watermark.
    public static List<StoredMessage> ReadUndelivered(
        NpgsqlConnection connection, AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes,
        bool isWatermarked) => ReadWithin(
            connection, new ByteBudget(maxBytes), ReadUndeliveredSql,
            recipient.Value, after.Value, through.Value, (long)limit, (long)maxBytes, isWatermarked);

    public static List<StoredMessage> ReadDelivered(
        NpgsqlConnection connection, AccountId recipient, MessageId liveAfter, MessageId before, int limit,
        ByteBudget budget)
    {
        var messages = ReadWithin(
            connection, budget, ReadDeliveredSql,
            recipient.Value, liveAfter.Value, before.Value, (long)limit, budget.Left);
        messages.Reverse();
        return messages;
    }

    public static void MarkDeliveredAfter(
        NpgsqlConnection connection, AccountId recipient, MessageId after, MessageId through)
    {
        // What is withheld is marked for who sent it: the recipient has none of it.
        foreach (var table in (string[])["messages", "withheld_messages"])
        {
            connection.Execute($"""
                UPDATE {table}
                SET received = true
                WHERE recipient_id = $1
                  AND id > (SELECT greatest(received_through, $2) FROM watermarks WHERE account_id = $1)
                  AND id <= $3
                  AND NOT received
                """, recipient.Value, after.Value, through.Value);
        }
    }

    public static List<MessageId> MarkReadThrough(
        NpgsqlConnection connection, AccountId reader, AccountId sender, MessageId through, int limit)
    {
        var unread = connection.ReadAll(rows => new MessageId(rows.GetInt64(0)), """
            SELECT id
            FROM messages
            WHERE sender_id = $2 AND recipient_id = $1
              AND id > coalesce((SELECT read_through FROM conversations WHERE account_id = $1 AND other_id = $2), 0)
              AND id <= $3
            ORDER BY id DESC
            LIMIT $4
            """, reader.Value, sender.Value, through.Value, limit);
        // Up to the newest there is: a watermark above all ids would make messages read before they are sent.
        if (unread.Count > 0)
        {
            connection.Execute("""
                INSERT INTO conversations (account_id, other_id, read_through)
                VALUES ($1, $2, $3)
                ON CONFLICT (account_id, other_id) DO UPDATE SET read_through = excluded.read_through
                """, reader.Value, sender.Value, unread[0].Value);
        }
        unread.Reverse();
        return unread;
    }

    private static string WithSender(string order, string found) => $"""
        SELECT message.id, sender.id, sender.username, message.content, message.sent_at
        FROM ({PageSql.Within(found, order, "$5")}) AS message
        JOIN accounts AS sender ON sender.id = message.sender_id
        ORDER BY message.id {order}
        """;

    private static List<StoredMessage> ReadWithin(
        NpgsqlConnection connection, ByteBudget budget, string sql, params ReadOnlySpan<object?> values)
    {
        var messages = new List<StoredMessage>();
        using var command = connection.Command(sql, values);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var content = rows.GetContent(3);
            if (!budget.TryAdd(content)) { break; }
            messages.Add(new StoredMessage(
                new MessageId(rows.GetInt64(0)), new AccountId(rows.GetInt64(1)), rows.GetText(2), content, rows.GetTime(4)));
        }
        return messages;
    }
}
