using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Writes the last message of each conversation, a little behind and for many messages at a time (docs/adr/0006).
/// </summary>
/// <param name="orderedThrough">Up to which message that was done.</param>
/// <param name="atOnce">How many ids may be missing, and are written at a time.</param>
internal sealed class ConversationOrder(long orderedThrough, int atOnce)
{
    private const string CatchUpSql = """
        WITH part AS MATERIALIZED (
          SELECT sender_id, recipient_id, id, false AS is_withheld FROM messages WHERE id > $1 AND id <= $2
          UNION ALL
          SELECT sender_id, recipient_id, id, true FROM withheld_messages WHERE id > $1 AND id <= $2)
        INSERT INTO conversations (account_id, other_id, last_id)
        SELECT account_id, other_id, max(id)
        FROM (SELECT sender_id AS account_id, recipient_id AS other_id, id FROM part
              UNION ALL
              SELECT recipient_id, sender_id, id FROM part WHERE NOT is_withheld) AS sides
        GROUP BY account_id, other_id
        ON CONFLICT (account_id, other_id) DO UPDATE SET last_id = excluded.last_id
        """;

    private const string RecomputeSql = """
        UPDATE conversations
        SET last_id = greatest(
          (SELECT max(id) FROM messages WHERE sender_id = account_id AND recipient_id = other_id),
          (SELECT max(id) FROM withheld_messages WHERE sender_id = account_id AND recipient_id = other_id),
          (SELECT max(id) FROM messages WHERE sender_id = other_id AND recipient_id = account_id),
          0)
        WHERE (account_id, other_id) IN (
            SELECT one, other FROM unnest($1, $2) AS pair (one, other)
            UNION
            SELECT other, one FROM unnest($1, $2) AS pair (one, other))
          AND NOT EXISTS (SELECT 1 FROM messages WHERE id = last_id)
          AND NOT EXISTS (SELECT 1 FROM withheld_messages WHERE id = last_id)
        """;

    private long _inBatch;
    private long _retryAfter;

    /// <summary>Whether too many messages are missing.</summary>
    public bool IsDue(MessageId newest) => newest.Value - Math.Max(orderedThrough, _retryAfter) >= atOnce;

    /// <summary>Writes some of them, in the open batch.</summary>
    public void CatchUp(NpgsqlConnection connection, MessageId newest)
    {
        // Ids may have been skipped by the million, so it goes from the first one that is there.
        var first = connection.ReadScalar("""
            SELECT least(
              (SELECT min(id) FROM messages WHERE id > $1), (SELECT min(id) FROM withheld_messages WHERE id > $1))
            """, orderedThrough) as long?;
        _inBatch = Math.Min(newest.Value, Math.Max(orderedThrough, (first ?? newest.Value) - 1) + (2L * atOnce));
        connection.Execute(CatchUpSql, orderedThrough, _inBatch);
        connection.Execute("UPDATE writer SET ordered_through = $1 WHERE part = 0", _inBatch);
    }

    /// <summary>The batch is committed.</summary>
    public void Committed() => orderedThrough = _inBatch;

    /// <summary>The batch failed: it is due again after as many more messages.</summary>
    public void Postpone(MessageId newest) => _retryAfter = newest.Value;

    /// <summary>Messages of these pairs were deleted, perhaps the last ones.</summary>
    public static void Deleted(NpgsqlConnection connection, IReadOnlyCollection<(AccountId One, AccountId Other)> pairs)
    {
        if (pairs.Count == 0) { return; }
        connection.Execute(
            RecomputeSql, pairs.Select(pair => pair.One.Value).ToList(), pairs.Select(pair => pair.Other.Value).ToList());
    }
}
