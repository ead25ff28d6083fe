namespace JoChat.Load;

/// <summary>Holds the histogram's percentiles against those of the sorted values.</summary>
internal static class HistogramCheck
{
    private static readonly double[] Shares = [0.0001, 0.01, 0.5, 0.9, 0.99, 0.999, 1];

    /// <summary>Runs the check; the same values each time.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Run()
    {
        var random = new Random(1);
        for (var size = 1; size <= 100_000; size *= 10)
        {
            var values = new long[size];
            var (even, odd) = (new Histogram(), new Histogram());
            for (var i = 0; i < size; i++)
            {
                values[i] = random.NextInt64(1L << random.Next(1, 40));
                (i % 2 == 0 ? even : odd).Add(values[i]);
            }
            even.Add(odd);
            Array.Sort(values);
            if (Compare(values, even) is { } fault) { return fault; }
        }
        return null;
    }

    private static string? Compare(long[] sorted, Histogram histogram)
    {
        foreach (var share in Shares)
        {
            var exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
            var found = histogram.Percentile(share);
            if (found < exact || found > exact + exact / 64)
            {
                return $"The {share:P2} of {sorted.Length} values is {exact}, the histogram says {found}.";
            }
        }
        return histogram.Max == sorted[^1] && histogram.Count == sorted.Length ? null : "Maximum or count is wrong.";
    }
}
