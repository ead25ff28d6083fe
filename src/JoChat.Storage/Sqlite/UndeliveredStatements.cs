using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements that count undelivered messages.</summary>
internal sealed class UndeliveredStatements(SqliteConnection connection) : IUndeliveredCounting, IDisposable
{
    internal const string FindWatermarkSql = "SELECT received_through FROM accounts WHERE id = $id";

    internal const string CountSql = """
        SELECT count(*), coalesce(max(id), $after)
        FROM (SELECT id
              FROM messages
              WHERE recipient_id = $recipient
                AND id > $after
                AND id <= $through
                AND received = 0
              ORDER BY id
              LIMIT $limit + 0)
        """;

    private readonly Statement _findWatermark = new(connection, FindWatermarkSql, ("$id", SqliteType.Integer));

    private readonly Statement _count = new(connection, CountSql,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    public MessageId? FindWatermark(AccountId account) =>
        _findWatermark.ReadScalar(account.Value) is long watermark ? new MessageId(watermark) : null;

    public (long Count, long Last) Count(AccountId recipient, long after, long through, long limit)
    {
        using var rows = _count.Read(recipient.Value, after, through, limit);
        rows.Read(); // an aggregate always has a row
        return (rows.GetInt64(0), rows.GetInt64(1));
    }

    public void Dispose()
    {
        _findWatermark.Dispose();
        _count.Dispose();
    }
}
