namespace JoChat.Client;

/// <summary>Exponential backoff with full jitter: a random delay up to a bound that doubles with each failed
/// attempt.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _doublings;

    /// <summary>The next delay.</summary>
    public TimeSpan Next()
    {
        var bound = first * Math.Pow(2, _doublings);
        if (bound < longest) { _doublings++; }
        else { bound = longest; }
        return bound * Random.Shared.NextDouble();
    }

    /// <summary>Starts again from the first bound.</summary>
    public void Reset() => _doublings = 0;
}
