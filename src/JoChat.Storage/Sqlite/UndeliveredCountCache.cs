using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Counts an account's undelivered messages. A large count is cached, so that the next one looks only at what
/// was delivered and added since. Its owner's thread only.</summary>
/// <remarks>A watermark that has risen is found by reading it, and a deleted account has none; its id is never given
/// again. Whatever else makes fewer messages undelivered must be reported here, or a count would be wrong.</remarks>
internal sealed class UndeliveredCountCache(SqliteConnection connection, StoreLimits limits) : IDisposable
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

    private readonly Dictionary<AccountId, CountedRange> _cached = [];

    private readonly Statement _findWatermark = new(connection, FindWatermarkSql, ("$id", SqliteType.Integer));

    private readonly Statement _count = new(connection, CountSql,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    /// <summary>As <see cref="IChatStore.CountUndelivered"/>.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="through">At most the highest id ever given: what is added later lies above it.</param>
    public long? Count(AccountId recipient, MessageId after, MessageId through)
    {
        if (_findWatermark.ReadScalar(recipient.Value) is not long watermark) { return 0; } // no such account
        var (counted, isWhole) = CountFrom(
            recipient, _cached.GetValueOrDefault(recipient), watermark, through.Value, limits.CountedAtOnce);
        Cache(recipient, counted, isWhole);
        if (!isWhole) { return null; }
        // What is cached begins at the stored watermark: one that is pending may never be written. It is not far ahead.
        return after.Value > watermark
            ? CountFrom(recipient, counted, after.Value, through.Value, long.MaxValue).Range.Count
            : counted.Count;
    }

    /// <summary>Messages above an id were marked as delivered one by one.</summary>
    public void MarkedAfter(AccountId recipient, MessageId after)
    {
        if (after.Value < _cached.GetValueOrDefault(recipient).Through) { _cached.Remove(recipient); }
    }

    /// <summary>A message was deleted that had not been marked by itself.</summary>
    public void Deleted(AccountId recipient, MessageId message)
    {
        var counted = _cached.GetValueOrDefault(recipient);
        if (counted.Contains(message)) { _cached[recipient] = counted with { Count = counted.Count - 1 }; }
    }

    /// <summary>Messages for an account may have changed in any way.</summary>
    public void Forget(AccountId recipient) => _cached.Remove(recipient);

    /// <summary>Messages of any account may have changed in any way.</summary>
    public void Clear() => _cached.Clear();

    public void Dispose()
    {
        _findWatermark.Dispose();
        _count.Dispose();
    }

    // If the known range begins and ends no later than the wanted one, only what differs is read: at either end so many
    // rows at most.
    private (CountedRange Range, bool IsWhole) CountFrom(
        AccountId recipient, CountedRange known, long after, long through, long most)
    {
        var start = known.Through > after && known.Through <= through
            ? RaiseStart(recipient, known, after, most)
            : (Range: new CountedRange(after, after, 0), IsWhole: true);
        return start.IsWhole ? ExtendEnd(recipient, start.Range, through, most) : start;
    }

    private (CountedRange Range, bool IsWhole) RaiseStart(
        AccountId recipient, CountedRange range, long after, long most)
    {
        if (after == range.After) { return (range, true); }
        var (passed, last) = ReadCount(recipient, range.After, after, Math.Min(range.Count, most));
        var isWhole = passed < most;
        return (range with { After = isWhole ? after : last, Count = range.Count - passed }, isWhole);
    }

    private (CountedRange Range, bool IsWhole) ExtendEnd(
        AccountId recipient, CountedRange range, long through, long most)
    {
        var wanted = limits.MaxUndelivered - range.Count;
        var limit = Math.Min(wanted, most);
        var (added, last) = ReadCount(recipient, range.Through, through, limit);
        var isAtEnd = added < limit;
        return (
            range with { Through = isAtEnd ? through : last, Count = range.Count + added },
            isAtEnd || limit == wanted);
    }

    private (long Count, long Last) ReadCount(AccountId recipient, long after, long through, long limit)
    {
        using var rows = _count.Read(recipient.Value, after, through, limit);
        rows.Read(); // an aggregate always has a row
        return (rows.GetInt64(0), rows.GetInt64(1));
    }

    private void Cache(AccountId recipient, CountedRange counted, bool isWhole)
    {
        if (isWhole && counted.Count < limits.MinCachedCount)
        {
            _cached.Remove(recipient);
            return;
        }
        if (_cached.Count == limits.MaxCachedAccounts && !_cached.ContainsKey(recipient)) { _cached.Clear(); }
        _cached[recipient] = counted;
    }

    /// <summary>How many undelivered messages have an id above After and up to Through.</summary>
    private readonly record struct CountedRange(long After, long Through, long Count)
    {
        public bool Contains(MessageId message) => message.Value > After && message.Value <= Through;
    }
}
