namespace JoChat.Actors;

/// <summary>How often something may be done, for each key: so often at once, and again one by one as time goes by.
/// Not thread-safe. Memory is bounded: of too many keys those are forgotten that have most left.</summary>
/// <remarks>The generic cell rate algorithm (ITU-T I.371): of a key only the time is kept at which it has everything
/// again.</remarks>
/// <param name="rate">How often.</param>
/// <param name="time">The clock.</param>
public sealed class RateLimit<TKey>(Changeable<Rate> rate, TimeProvider time) where TKey : notnull
{
    private const int MostKeys = 100_000;

    private readonly Dictionary<TKey, TimeSpan> _wholeAt = [];
    private readonly long _start = time.GetTimestamp();

    /// <summary>How long a key must wait; zero if it need not.</summary>
    public TimeSpan WaitOf(TKey key)
    {
        var (burst, interval) = rate.Value;
        var wait = _wholeAt.GetValueOrDefault(key) + interval - (burst * interval) - Now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Takes one, also from a key that must wait.</summary>
    public void Take(TKey key)
    {
        if (_wholeAt.Count >= MostKeys && !_wholeAt.ContainsKey(key)) { ForgetSome(); }
        var (now, whole) = (Now, _wholeAt.GetValueOrDefault(key));
        _wholeAt[key] = (whole > now ? whole : now) + rate.Value.Interval;
    }

    /// <summary>Gives back one that was taken.</summary>
    public void GiveBack(TKey key)
    {
        if (_wholeAt.TryGetValue(key, out var whole)) { _wholeAt[key] = whole - rate.Value.Interval; }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private void ForgetSome()
    {
        foreach (var key in _wholeAt.OrderBy(entry => entry.Value).Take(MostKeys / 4).Select(entry => entry.Key).ToArray())
        {
            _wholeAt.Remove(key);
        }
    }
}

/// <summary>How often something may be done.</summary>
/// <param name="Burst">How often at once, ≥ 1.</param>
/// <param name="Interval">After which time once more.</param>
public readonly record struct Rate(int Burst, TimeSpan Interval);
