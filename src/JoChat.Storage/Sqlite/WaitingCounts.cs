using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Counts the messages that wait for an account. A large count is remembered, so that the next one looks only
/// at what was received and added since. Its owner's thread only.</summary>
/// <remarks>A mark that rises is found by looking at it, and an account that is gone has no mark; its id is never given
/// again. Whatever else makes fewer messages wait must be told here, or a count would be wrong.</remarks>
internal sealed class WaitingCounts(SqliteConnection connection, StoreLimits limits) : IDisposable
{
    internal const string FindMarkSql = "SELECT received_through FROM accounts WHERE id = $id";

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

    internal const string FindSentSql =
        "SELECT 1 FROM messages WHERE sender_id = $sender AND recipient_id = $recipient AND id > $after";

    private readonly Dictionary<AccountId, Counted> _counted = [];

    private readonly Statement _findMark = new(connection, FindMarkSql, ("$id", SqliteType.Integer));

    private readonly Statement _count = new(connection, CountSql,
        ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer), ("$through", SqliteType.Integer),
        ("$limit", SqliteType.Integer));

    private readonly Statement _findSent = new(connection, FindSentSql,
        ("$sender", SqliteType.Integer), ("$recipient", SqliteType.Integer), ("$after", SqliteType.Integer));

    /// <summary>As <see cref="IChatStore.CountWaiting"/>.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="through">At most the highest id ever given: what is added later lies above it.</param>
    public long Count(AccountId recipient, MessageId through)
    {
        if (_findMark.ReadScalar(recipient.Value) is not long mark) { return 0; } // there is no such account
        var isOfUse = _counted.TryGetValue(recipient, out var counted)
            && counted.Through > mark && counted.Through <= through.Value;
        counted = isOfUse ? WithoutReceived(recipient, counted, mark) : new Counted(mark, mark, 0);
        counted = Extend(recipient, counted, through.Value);
        Remember(recipient, counted);
        return counted.Count;
    }

    /// <summary>Messages above an id were marked as received by themselves.</summary>
    public void MarkedAfter(AccountId recipient, MessageId after)
    {
        if (after.Value < _counted.GetValueOrDefault(recipient).Through) { _counted.Remove(recipient); }
    }

    /// <summary>A message was deleted.</summary>
    public void Deleted(AccountId recipient, MessageId message)
    {
        if (_counted.GetValueOrDefault(recipient).Covers(message)) { _counted.Remove(recipient); }
    }

    /// <summary>All that an account sent is about to be deleted. A look-up for each remembered count costs less than
    /// one of them anew.</summary>
    public void SenderLeaves(AccountId sender)
    {
        _counted.Remove(sender);
        foreach (var (recipient, counted) in _counted)
        {
            var found = _findSent.ReadScalar(sender.Value, recipient.Value, counted.After);
            if (found is not null) { _counted.Remove(recipient); }
        }
    }

    /// <summary>Messages of any account may have changed in any way.</summary>
    public void Clear() => _counted.Clear();

    public void Dispose()
    {
        _findMark.Dispose();
        _count.Dispose();
        _findSent.Dispose();
    }

    private Counted WithoutReceived(AccountId recipient, Counted counted, long mark)
    {
        if (mark == counted.After) { return counted; }
        var (received, _) = Walk(recipient, counted.After, mark, counted.Count);
        return counted with { After = mark, Count = counted.Count - received };
    }

    // From nothing, this is the whole count.
    private Counted Extend(AccountId recipient, Counted counted, long through)
    {
        var limit = limits.MostWaiting - counted.Count;
        var (added, last) = Walk(recipient, counted.Through, through, limit);
        return counted with { Through = added < limit ? through : last, Count = counted.Count + added };
    }

    private (long Count, long Last) Walk(AccountId recipient, long after, long through, long limit)
    {
        using var rows = _count.Read(recipient.Value, after, through, limit);
        rows.Read(); // always a row
        return (rows.GetInt64(0), rows.GetInt64(1));
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

    /// <summary>How many messages waited with ids above After, the account's mark then, and up to Through.</summary>
    private readonly record struct Counted(long After, long Through, long Count)
    {
        public bool Covers(MessageId message) => message.Value > After && message.Value <= Through;
    }
}
