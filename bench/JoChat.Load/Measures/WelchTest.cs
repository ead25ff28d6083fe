namespace JoChat.Load;

/// <summary>Whether two kinds of things take the same time.</summary>
internal static class WelchTest
{
    /// <summary>From here on a difference is no chance.</summary>
    public const double Least = 5;

    /// <summary>Welch's t: how many of its standard errors the difference of the means is, whichever is larger.</summary>
    public static double T(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (mean, variance) = MeanOf(one);
        var (otherMean, otherVariance) = MeanOf(other);
        return Math.Abs(mean - otherMean) / Math.Sqrt(variance + otherVariance);
    }

    // With the variance of the mean.
    private static (double Mean, double Variance) MeanOf(IReadOnlyList<double> times)
    {
        var mean = times.Average();
        return (mean, times.Sum(time => (time - mean) * (time - mean)) / (times.Count - 1) / times.Count);
    }
}
