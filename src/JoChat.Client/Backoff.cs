namespace JoChat.Client;

/// <summary>How long to wait before connecting again: a random time up to a bound that doubles with each attempt in
/// vain ("full jitter").</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _doublings;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var bound = first * Math.Pow(2, _doublings);
        if (bound < longest) { _doublings++; }
        else { bound = longest; }
        return bound * Random.Shared.NextDouble();
    }

    /// <summary>Begins again from the first bound.</summary>
    public void Reset() => _doublings = 0;
}
