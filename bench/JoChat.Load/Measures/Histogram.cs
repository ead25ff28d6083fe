using System.Numerics;

namespace JoChat.Load;

/// <summary>Counts durations in buckets that are at most 1/64 wide of their value. Adding costs no memory.</summary>
/// <remarks>Values below 128 have a bucket each. Above, each power of two has 64 buckets: the six bits after the
/// leading one tell which.</remarks>
internal sealed class Histogram
{
    private const int BitsKept = 6, BucketsPerPower = 1 << BitsKept;
    private readonly int[] _counts = new int[(64 - BitsKept) * BucketsPerPower];

    /// <summary>How many values were added.</summary>
    public long Count { get; private set; }

    /// <summary>The largest value, exactly; 0 if there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Adds a value ≥ 0.</summary>
    public void Add(long value)
    {
        _counts[BucketOf(value)]++;
        Count++;
        if (value > Max) { Max = value; }
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++) { _counts[i] += other._counts[i]; }
        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>All values of some histograms.</summary>
    public static Histogram Merge(IEnumerable<Histogram> histograms)
    {
        var all = new Histogram();
        foreach (var histogram in histograms) { all.Add(histogram); }
        return all;
    }

    /// <summary>The smallest bound that at least this share of the values does not exceed, at most 1/64 too high.
    /// </summary>
    /// <param name="share">Above 0, to 1.</param>
    /// <returns>0 if there are no values.</returns>
    public long Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        var passed = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            passed += _counts[i];
            if (passed >= wanted && passed > 0) { return Math.Min(HighestOf(i), Max); }
        }
        return 0;
    }

    private static int BucketOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - BitsKept);
        return shift * BucketsPerPower + (int)(value >> shift);
    }

    private static long HighestOf(int bucket)
    {
        var shift = Math.Max(0, bucket / BucketsPerPower - 1);
        return ((bucket - (long)shift * BucketsPerPower + 1) << shift) - 1;
    }
}
