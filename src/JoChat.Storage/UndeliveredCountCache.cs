namespace JoChat.Storage;

/// <summary>Counts an account's undelivered messages. A large count is cached, so that the next one looks only at what
/// was delivered and added since. Its owner's thread only.</summary>
/// <remarks>A watermark that has risen is found by reading it, and a deleted account has none; its id is never given
/// again. Whatever else makes fewer messages undelivered must be reported here, or a count would be wrong.</remarks>
/// <param name="counting">Counts in the database.</param>
/// <param name="limits">How much is counted and cached.</param>
internal sealed class UndeliveredCountCache(IUndeliveredCounting counting, StoreLimits limits)
{
    private readonly Dictionary<AccountId, CountedRange> _cached = [];

    /// <summary>As <see cref="IChatStore.CountUndelivered"/>.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="through">At most the highest id ever given: what is added later lies above it.</param>
    public long? Count(AccountId recipient, MessageId after, MessageId through)
    {
        if (counting.FindWatermark(recipient) is not { Value: var watermark }) { return 0; } // no such account
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
        var (passed, last) = counting.Count(recipient, range.After, after, Math.Min(range.Count, most));
        var isWhole = passed < most;
        return (range with { After = isWhole ? after : last, Count = range.Count - passed }, isWhole);
    }

    private (CountedRange Range, bool IsWhole) ExtendEnd(
        AccountId recipient, CountedRange range, long through, long most)
    {
        var wanted = limits.MaxUndelivered - range.Count;
        var limit = Math.Min(wanted, most);
        var (added, last) = counting.Count(recipient, range.Through, through, limit);
        var isAtEnd = added < limit;
        return (
            range with { Through = isAtEnd ? through : last, Count = range.Count + added },
            isAtEnd || limit == wanted);
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

/// <summary>What a database is asked to count.</summary>
internal interface IUndeliveredCounting
{
    /// <summary>An account's watermark; null if there is no such account.</summary>
    MessageId? FindWatermark(AccountId account);

    /// <summary>Counts an account's messages that were not marked one by one and have an id above <paramref name="after"/>,
    /// up to and including <paramref name="through"/>, at most <paramref name="limit"/>.</summary>
    /// <returns>How many, and the last of them; <paramref name="after"/> if there are none.</returns>
    (long Count, long Last) Count(AccountId recipient, long after, long through, long limit);
}
