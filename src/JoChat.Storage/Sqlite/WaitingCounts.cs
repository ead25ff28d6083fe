using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Counts the messages that wait for an account. A large count is remembered, so that the next one looks only
/// at what was received and added since. Its owner's thread only.</summary>
/// <remarks>A mark that rises is found by looking at it. Whatever else makes fewer messages wait must be told here, or
/// a count would be wrong.</remarks>
internal sealed class WaitingCounts(SqliteConnection connection, CountLimits limits) : IDisposable
{
    internal const string CountSql = """
        SELECT count(*), coalesce(max(id), $after), (SELECT received_through FROM accounts WHERE id = $recipient)
        FROM (SELECT id
              FROM messages
              WHERE recipient_id = $recipient
                AND id > (SELECT max(received_through, $after) FROM accounts WHERE id = $recipient)
                AND id <= $through
                AND received = 0
              ORDER BY id
              LIMIT $limit)
        """;

    internal const string CountReceivedSql = """
        SELECT count(*)
        FROM messages
        WHERE recipient_id = $recipient
          AND id > $after
          AND id <= (SELECT min(received_through, $through) FROM accounts WHERE id = $recipient)
          AND received = 0
        """;

    private readonly Dictionary<AccountId, Counted> _counted = [];

    private readonly Statement _count = new(connection, CountSql,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _countReceived = new(connection, CountReceivedSql,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer));

    /// <summary>As <see cref="IChatStore.CountWaiting"/>.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="through">At most the highest id ever given: what is added later lies above it.</param>
    public long Count(AccountId recipient, MessageId through)
    {
        var counted = _counted.GetValueOrDefault(recipient);
        // What was counted further than that cannot tell, and stays right.
        if (through.Value < counted.Through.Value) { return Extend(recipient, default, through).Count; }
        counted = Extend(recipient, WithoutReceived(recipient, counted), through);
        Remember(recipient, counted);
        return counted.Count;
    }

    /// <summary>Messages above an id were marked as received by themselves.</summary>
    public void MarkedAfter(AccountId recipient, MessageId after)
    {
        if (after.Value < _counted.GetValueOrDefault(recipient).Through.Value) { _counted.Remove(recipient); }
    }

    /// <summary>Messages were deleted.</summary>
    public void Deleted(AccountId recipient, IReadOnlyCollection<long> ids)
    {
        if (ids.Any(_counted.GetValueOrDefault(recipient).Covers)) { _counted.Remove(recipient); }
    }

    /// <summary>Messages of any account may have changed in any way.</summary>
    public void Clear() => _counted.Clear();

    public void Dispose()
    {
        _count.Dispose();
        _countReceived.Dispose();
    }

    private Counted WithoutReceived(AccountId recipient, Counted counted) => counted.Count == 0
        ? counted
        : counted with
        {
            Count = counted.Count - (long)_countReceived.ReadScalar(
                recipient.Value, counted.After.Value, counted.Through.Value)!, // always a row
        };

    // From nothing, this is the whole count.
    private Counted Extend(AccountId recipient, Counted counted, MessageId through)
    {
        var limit = limits.Most - counted.Count;
        using var rows = _count.Read(recipient.Value, counted.Through.Value, through.Value, limit);
        rows.Read(); // always a row
        var added = rows.GetInt64(0);
        if (counted.Count + added == 0) { return default; } // and there may be no account
        return new Counted(
            After: new MessageId(rows.GetInt64(2)),
            Through: added < limit ? through : new MessageId(rows.GetInt64(1)),
            Count: counted.Count + added);
    }

    private void Remember(AccountId recipient, Counted counted)
    {
        if (counted.Count < limits.RememberedFrom)
        {
            _counted.Remove(recipient);
            return;
        }
        if (_counted.Count == limits.MostRemembered && !_counted.ContainsKey(recipient)) { _counted.Clear(); }
        _counted[recipient] = counted;
    }

    /// <summary>So many messages with an id above the first, which was the account's mark, and up to the second.</summary>
    private readonly record struct Counted(MessageId After, MessageId Through, long Count)
    {
        public bool Covers(long id) => id > After.Value && id <= Through.Value;
    }
}
