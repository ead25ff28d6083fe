using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Deletes messages, and has counts and the order of conversations follow.</summary>
internal sealed class MessageDeletion(UndeliveredCountCache counts)
{
    // What was withheld is in no count.
    private static readonly (string Name, string Received)[] Tables = [("messages", "received"), ("withheld_messages", "true")];
    private static readonly string[] Sides = ["sender_id", "recipient_id"];

    /// <summary>Deletes some of the messages that an account has sent or was sent: a row, or 4 KiB of content, counts one.
    /// </summary>
    /// <returns>How much more could have been deleted at once; above 0 if nothing is left.</returns>
    public int DeleteOf(NpgsqlConnection connection, AccountId account, int most)
    {
        var left = most;
        foreach (var (table, received) in Tables)
        {
            foreach (var side in Sides)
            {
                if (left > 0) { left -= DeleteOf(connection, table, received, side, account, left); }
            }
        }
        return left;
    }

    /// <summary>Deletes those of the messages that an account was sent.</summary>
    /// <returns>How many.</returns>
    public int Delete(NpgsqlConnection connection, AccountId recipient, long[] ids) => Finish(connection,
        connection.ReadAll(Deleted.Read, """
            DELETE FROM messages
            WHERE recipient_id = $1 AND id = ANY ($2)
            RETURNING id, sender_id, recipient_id, received, octet_length(content)
            """, recipient.Value, ids)).Count;

    /// <summary>As <see cref="IChatStore.FindOld"/>.</summary>
    public static OldMessages FindOld(NpgsqlConnection connection, MessageId after, DateTimeOffset before, StoreLimits limits)
    {
        var search = new OldMessageSearch(after, before, limits);
        // The limit is written out: PostgreSQL is to plan for so few that it looks into the index.
        using var command = connection.Command(FormattableString.Invariant($"""
            SELECT id, sender_id, recipient_id, octet_length(content), sent_at FROM messages WHERE id > $1
            UNION ALL
            SELECT id, sender_id, recipient_id, octet_length(content), sent_at FROM withheld_messages WHERE id > $1
            ORDER BY id
            LIMIT {limits.LookedAtOnce}
            """), after.Value);
        using var rows = command.ExecuteReader();
        while (!search.IsFull && rows.Read())
        {
            search.Add(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3), rows.GetInt64(4));
        }
        return search.Finish();
    }

    /// <summary>As <see cref="IChatStore.DeleteOld"/>.</summary>
    public int Delete(NpgsqlConnection connection, IReadOnlyList<MessageId> ids)
    {
        var (values, deleted) = (ids.Select(id => id.Value).ToArray(), 0);
        foreach (var (table, received) in Tables)
        {
            if (deleted == values.Length) { break; }
            deleted += Finish(connection, connection.ReadAll(Deleted.Read, $"""
                DELETE FROM {table}
                WHERE id = ANY ($1)
                RETURNING id, sender_id, recipient_id, {received}, octet_length(content)
                """, values)).Count;
        }
        return deleted;
    }

    /// <summary>As <see cref="IChatStore.DeleteFrom"/>.</summary>
    public DeletedSlice DeleteFrom(
        NpgsqlConnection connection, AccountId recipient, AccountId sender, MessageId through, int limit, int maxBytes)
    {
        var deleted = DeleteFrom("messages", "received").Count;
        return new DeletedSlice(deleted, IsLast: deleted == 0 && DeleteFrom("withheld_messages", "true").Count == 0);

        List<Deleted> DeleteFrom(string table, string received) => Finish(connection, connection.ReadAll(Deleted.Read, $"""
            DELETE FROM {table}
            WHERE id IN (
              SELECT id
              FROM (SELECT id, sum(octet_length(content)) OVER (ORDER BY id) - octet_length(content) AS bytes_before
                    FROM (SELECT id, content
                          FROM {table}
                          WHERE sender_id = $1 AND recipient_id = $2 AND id <= $3
                          ORDER BY id
                          LIMIT $4) AS oldest) AS measured
              WHERE bytes_before < $5)
            RETURNING id, sender_id, recipient_id, {received}, octet_length(content)
            """, sender.Value, recipient.Value, through.Value, limit, maxBytes));
    }

    private int DeleteOf(
        NpgsqlConnection connection, string table, string received, string side, AccountId account, int most)
    {
        var deleted = connection.ReadAll(Deleted.Read, $"""
            DELETE FROM {table}
            WHERE id IN (
              SELECT id
              FROM (SELECT id, sum(octet_length(content)) OVER (ORDER BY id) - octet_length(content) AS bytes_before
                    FROM (SELECT id, content FROM {table} WHERE {side} = $1 ORDER BY recipient_id, id LIMIT $2) AS found
                   ) AS measured
              WHERE bytes_before < 4096 * $2)
            RETURNING id, sender_id, recipient_id, {received}, octet_length(content)
            """, account.Value, (long)most);
        Finish(connection, deleted);
        return deleted.Sum(message => 1 + (message.Bytes / 4096));
    }

    private List<Deleted> Finish(NpgsqlConnection connection, List<Deleted> deleted)
    {
        foreach (var message in deleted)
        {
            if (!message.IsReceived) { counts.Deleted(message.Recipient, message.Id); }
        }
        ConversationOrder.Deleted(
            connection, deleted.Select(message => (message.Sender, message.Recipient)).ToHashSet());
        return deleted;
    }

    private readonly record struct Deleted(
        MessageId Id, AccountId Sender, AccountId Recipient, bool IsReceived, int Bytes)
    {
        public static Deleted Read(NpgsqlDataReader rows) => new(
            new MessageId(rows.GetInt64(0)), new AccountId(rows.GetInt64(1)), new AccountId(rows.GetInt64(2)),
            rows.GetBoolean(3), rows.GetInt32(4));
    }
}
