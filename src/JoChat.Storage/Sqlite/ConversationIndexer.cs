using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Writes the index of conversations by their last message, for many messages at a time. Readers combine it
/// with the messages that are not indexed yet. See docs/adr/0006.</summary>
/// <param name="connection">The writer's.</param>
/// <param name="maxUnindexed">How many ids may be missing from the index; under load twice as many.</param>
internal sealed class ConversationIndexer(SqliteConnection connection, int maxUnindexed) : IDisposable
{
    internal const string ReadUnindexedSql = """
        SELECT sender_id, recipient_id, id, 0
        FROM messages
        WHERE id > $after
        UNION ALL
        SELECT sender_id, recipient_id, id, 1
        FROM withheld_messages
        WHERE id > $after
        ORDER BY id
        """;

    internal const string SetLastSql = """
        INSERT INTO conversations (account_id, other_id, last_id)
        VALUES ($account, $other, $last)
        ON CONFLICT DO UPDATE SET last_id = excluded.last_id
        """;

    internal const string SetIndexedThroughSql = "UPDATE last_message SET ordered_through = $through";

    internal const string RecomputeLastSql = """
        UPDATE conversations
        SET last_id = max(
          ifnull((SELECT max(id) FROM messages WHERE sender_id = account_id AND recipient_id = other_id), 0),
          ifnull((SELECT max(id) FROM withheld_messages WHERE sender_id = account_id AND recipient_id = other_id), 0),
          ifnull((SELECT max(id) FROM messages WHERE sender_id = other_id AND recipient_id = account_id), 0))
        WHERE account_id IN ($one, $other) AND other_id IN ($one, $other)
          AND NOT EXISTS (SELECT 1 FROM messages WHERE id = last_id)
          AND NOT EXISTS (SELECT 1 FROM withheld_messages WHERE id = last_id)
        """;

    private const int MaxPairsPerRun = 256; // some milliseconds, during which nothing else is stored

    private readonly RawStatement _read = new(connection, ReadUnindexedSql);

    private readonly RawStatement _setLast = new(connection, SetLastSql);

    private readonly Statement _setIndexedThrough =
        new(connection, SetIndexedThroughSql, ("$through", SqliteType.Integer));

    private readonly Statement _recomputeLast = new(connection, RecomputeLastSql,
        ("$one", SqliteType.Integer), ("$other", SqliteType.Integer));

    private long _indexedThrough = ReadIndexedThrough(connection);
    private long _indexedInBatch;
    private long _retryAfter;

    /// <summary>Whether too many messages are missing from the index.</summary>
    /// <param name="newest">The highest committed id.</param>
    public bool IsDue(MessageId newest) => newest.Value - Math.Max(_indexedThrough, _retryAfter) >= maxUnindexed;

    /// <summary>Indexes some of the missing messages, in the open batch.</summary>
    /// <param name="newest">The highest committed id.</param>
    public void CatchUp(MessageId newest)
    {
        var last = new Dictionary<(long Account, long Other), long>();
        _indexedInBatch = CollectLast(newest.Value, last);
        foreach (var ((account, other), id) in last) { SetLast(account, other, id); }
        _setIndexedThrough.Execute(_indexedInBatch);
    }

    /// <summary>The batch is committed.</summary>
    public void Committed() => _indexedThrough = _indexedInBatch;

    /// <summary>The batch was rolled back. Indexing is due again after as many more messages.</summary>
    /// <param name="newest">The highest committed id.</param>
    public void Postpone(MessageId newest) => _retryAfter = newest.Value;

    /// <summary>Messages of a pair were deleted, perhaps the last one.</summary>
    public void Deleted(AccountId one, AccountId other) => _recomputeLast.Execute(one.Value, other.Value);

    public void Dispose()
    {
        _read.Dispose();
        _setLast.Dispose();
        _setIndexedThrough.Dispose();
        _recomputeLast.Dispose();
    }

    // The last unindexed message of each pair, under both its keys. Returns the id up to which it read.
    private long CollectLast(long newest, Dictionary<(long Account, long Other), long> last)
    {
        var through = _indexedThrough;
        _read.Bind(1, _indexedThrough);
        while (_read.Read())
        {
            if (last.Count >= 2 * MaxPairsPerRun && newest - through < 2 * maxUnindexed)
            {
                _read.Reset();
                return through;
            }
            (var sender, var recipient, through) = (_read.GetInt64(0), _read.GetInt64(1), _read.GetInt64(2));
            last[(sender, recipient)] = through;
            var isWithheld = _read.GetInt64(3) == 1;
            if (!isWithheld) { last[(recipient, sender)] = through; }
        }
        return newest;
    }

    private void SetLast(long account, long other, long last)
    {
        _setLast.Bind(1, account);
        _setLast.Bind(2, other);
        _setLast.Bind(3, last);
        _setLast.Execute();
    }

    private static long ReadIndexedThrough(SqliteConnection connection)
    {
        using var read = new Statement(connection, "SELECT ordered_through FROM last_message");
        return (long)read.ReadScalar()!; // a migration inserts the row
    }
}
