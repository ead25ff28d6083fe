namespace JoChat.Load;

/// <summary>Times of one kind, as far as they are compared with another's.</summary>
internal sealed class TimeSample
{
    private long _count;
    private double _mean, _squares;

    public double Mean => _mean;

    private double VarianceOfMean => _squares / (_count - 1) / _count;

    /// <summary>Adds one, by Welford's method.</summary>
    public void Add(double time)
    {
        _count++;
        var off = time - _mean;
        _mean += off / _count;
        _squares += off * (time - _mean);
    }

    /// <summary>Welch's t: how many of its standard errors the difference of the means is. From 5 on it is no
    /// chance.</summary>
    public static double Welch(TimeSample one, TimeSample other) =>
        (one._mean - other._mean) / Math.Sqrt(one.VarianceOfMean + other.VarianceOfMean);
}
