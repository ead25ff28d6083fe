using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>Counts what waits in inboxes.</summary>
internal sealed class Undelivered(Batch batch) : IUndeliveredCounting
{
    public MessageId? FindWatermark(AccountId account) => batch.ToRead().ReadScalar(
        "SELECT received_through FROM watermarks WHERE account_id = $1", account.Value) is long watermark
            ? new MessageId(watermark) : null;

    public (long Count, long Last) Count(AccountId recipient, long after, long through, long limit) =>
        batch.ToRead().ReadAll(rows => (rows.GetInt64(0), rows.GetInt64(1)), """
            SELECT count(*), coalesce(max(id), $2)
            FROM (SELECT id
                  FROM messages
                  WHERE recipient_id = $1 AND id > $2 AND id <= $3 AND NOT received
                  ORDER BY id
                  LIMIT $4) AS counted
            """, recipient.Value, after, through, limit)[0];

    /// <summary>As <see cref="IChatStore.CountInbox"/>.</summary>
    public static long CountInbox(NpgsqlConnection connection, AccountId recipient, MessageId after, int limit) =>
        (long)connection.ReadScalar("""
            SELECT count(*)
            FROM (SELECT 1
                  FROM messages
                  WHERE recipient_id = $1
                    AND id > (SELECT greatest(received_through, $2) FROM watermarks WHERE account_id = $1)
                    AND NOT received
                  LIMIT $3) AS counted
            """, recipient.Value, after.Value, limit)!;

    /// <summary>As <see cref="IChatStore.CountUndeliveredFrom"/>.</summary>
    public static long CountFrom(
        NpgsqlConnection connection, AccountId recipient, AccountId sender, MessageId after, int limit) => Math.Max(0,
        (long)connection.ReadScalar("""
            WITH mark AS MATERIALIZED (
              SELECT coalesce(block.received_through, greatest(watermark.received_through, $3)) AS delivered,
                block.marked_through AS marked
              FROM watermarks AS watermark
              LEFT JOIN blocks AS block ON block.account_id = $1 AND block.other_id = $2
              WHERE watermark.account_id = $1)
            SELECT
              (SELECT count(*)
               FROM (SELECT 1
                     FROM messages
                     WHERE sender_id = $2 AND recipient_id = $1 AND id > (SELECT delivered FROM mark)
                     UNION ALL
                     SELECT 1
                     FROM withheld_messages
                     WHERE sender_id = $2 AND recipient_id = $1 AND id > (SELECT delivered FROM mark)
                       AND (SELECT marked FROM mark) IS NOT NULL
                     LIMIT $4) AS sent)
              - (SELECT count(*)
                 FROM (SELECT 1
                       FROM messages
                       WHERE recipient_id = $1 AND received AND id > (SELECT delivered FROM mark)
                         AND id <= coalesce((SELECT marked FROM mark), id)
                       LIMIT $4) AS delivered)
            """, recipient.Value, sender.Value, after.Value, (long)limit)!);
}
