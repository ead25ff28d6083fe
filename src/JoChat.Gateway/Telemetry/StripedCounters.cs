using System.Numerics;

namespace JoChat.Gateway;

/// <summary>Counters that many threads raise at once: each processor has them to itself, so that none waits for the cache
/// line of another's.</summary>
/// <param name="count">How many counters.</param>
/// <param name="stripes">How many processors have their own; a power of two.</param>
internal sealed class StripedCounters(int count, int stripes)
{
    private const int MostStripes = 16;

    private readonly long[][] _stripes = [.. Enumerable.Range(0, stripes).Select(_ => new long[count])];

    public StripedCounters(int count)
        : this(count, (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount), MostStripes))
    {
    }

    public int Count => _stripes[0].Length;

    /// <summary>Raises a counter by one.</summary>
    /// <returns>What it is now on this processor.</returns>
    public long Raise(int counter) =>
        Interlocked.Increment(ref _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)][counter]);

    /// <summary>What a counter has come to, on all processors.</summary>
    public long Read(int counter)
    {
        var sum = 0L;
        foreach (var stripe in _stripes) { sum += Volatile.Read(ref stripe[counter]); }
        return sum;
    }
}
