using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace JoChat.Actors;

/// <summary>How much of something each key may still add, where counting what there is takes long: it is counted when a
/// key is first seen and when its allowance is used up, at most once a second. Between, what is taken is added. So
/// no key ever has more than it may; what became free is noticed a second later at the latest. Not thread-safe.</summary>
/// <param name="most">How much there may be of a key.</param>
/// <param name="count">Counts how much there is of a key, up to <paramref name="most"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class Allowance<TKey>(Changeable<long> most, Func<TKey, long> count, TimeProvider time)
    where TKey : notnull
{
    private const int MostKeys = 100_000; // one more, and all are counted again
    private static readonly TimeSpan CountsAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<TKey, (long Used, long CountedAt)> _known = [];
    private long _most; // up to which these were counted

    /// <summary>Takes so much, if there is so much left.</summary>
    public bool TryTake(TKey key, long amount)
    {
        var mayUse = most.Value;
        if (mayUse != _most)
        {
            _known.Clear();
            _most = mayUse;
        }
        ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_known, key);
        if (Unsafe.IsNullRef(ref known) || (known.Used + amount > mayUse && IsOld(known.CountedAt)))
        {
            Count(key);
            known = ref CollectionsMarshal.GetValueRefOrNullRef(_known, key);
        }
        if (known.Used + amount > mayUse) { return false; }
        known.Used += amount;
        return true;
    }

    /// <summary>Whether there is no more of a key than so much, with the amount that was just taken and is not there yet.
    /// </summary>
    public bool IsWithin(TKey key, long few, long taken)
    {
        var known = _known[key];
        if (known.Used <= few) { return true; }
        if (!IsOld(known.CountedAt)) { return false; }
        known = Count(key);
        _known[key] = known with { Used = known.Used + taken };
        return known.Used + taken <= few;
    }

    private (long Used, long CountedAt) Count(TKey key)
    {
        if (_known.Count >= MostKeys) { _known.Clear(); }
        return _known[key] = (count(key), time.GetTimestamp());
    }

    private bool IsOld(long countedAt) => time.GetElapsedTime(countedAt) >= CountsAgainAfter;
}
