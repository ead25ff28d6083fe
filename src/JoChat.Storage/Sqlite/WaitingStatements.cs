using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Tells what waits in an inbox, to bound it, and who is no stranger there.</summary>
internal sealed class WaitingStatements(SqliteConnection connection) : IDisposable
{
    private const string FromOneSql = """
        WITH mark (delivered, marked) AS (
          SELECT ifnull(block.received_through, max(account.received_through, $after)), block.marked_through
          FROM accounts AS account
          LEFT JOIN blocks AS block ON block.account_id = $recipient AND block.other_id = $sender
          WHERE account.id = $recipient)
        SELECT
          (SELECT count(*)
           FROM (SELECT 1
                 FROM messages
                 WHERE sender_id = $sender AND recipient_id = $recipient AND id > (SELECT delivered FROM mark)
                 UNION ALL
                 SELECT 1
                 FROM withheld_messages
                 WHERE sender_id = $sender AND recipient_id = $recipient AND id > (SELECT delivered FROM mark)
                   AND (SELECT marked FROM mark) IS NOT NULL
                 LIMIT $limit + 0))
          - (SELECT count(*)
             FROM (SELECT 1
                   FROM messages
                   WHERE recipient_id = $recipient AND received = 1 AND id > (SELECT delivered FROM mark)
                     AND id <= ifnull((SELECT marked FROM mark), id)
                   LIMIT $limit + 0))
        """;

    private const string AllSql = """
        SELECT count(*)
        FROM (SELECT 1
              FROM messages
              WHERE recipient_id = $recipient
                AND id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
                AND received = 0
              LIMIT $limit + 0)
        """;

    private const string HasSentSql =
        "SELECT EXISTS (SELECT 1 FROM messages WHERE sender_id = $sender AND recipient_id = $recipient)";

    private readonly Statement _countFromOne = new(connection, FromOneSql,
        ("$recipient", SqliteType.Integer), ("$sender", SqliteType.Integer), ("$after", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _countAll = new(connection, AllSql,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$limit", SqliteType.Integer));

    private readonly Statement _hasSent = new(
        connection, HasSentSql, ("$sender", SqliteType.Integer), ("$recipient", SqliteType.Integer));

    /// <summary>As <see cref="IChatStore.CountUndeliveredFrom"/>.</summary>
    public long CountFrom(AccountId recipient, AccountId sender, MessageId after, int limit) => Math.Max(
        (long)_countFromOne.ReadScalar(recipient.Value, sender.Value, after.Value, limit)!, 0); // it always has a row

    /// <summary>As <see cref="IChatStore.CountInbox"/>.</summary>
    public long CountAll(AccountId recipient, MessageId after, int limit) =>
        (long)_countAll.ReadScalar(recipient.Value, after.Value, limit)!; // it always has a row

    /// <summary>As <see cref="IChatStore.HasSent"/>.</summary>
    public bool HasSent(AccountId sender, AccountId recipient) =>
        (long)_hasSent.ReadScalar(sender.Value, recipient.Value)! == 1; // it always has a row

    public void Dispose()
    {
        _hasSent.Dispose();
        _countFromOne.Dispose();
        _countAll.Dispose();
    }
}
