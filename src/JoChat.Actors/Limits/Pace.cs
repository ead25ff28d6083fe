namespace JoChat.Actors;

/// <summary>How fast one account or guest may ask: so much at once, and then so much a second. Thread-safe.</summary>
/// <remarks>As <see cref="RateLimit{TKey}"/>, for one key and two kinds of things. Who takes at the same moment as another
/// may take a little too much, which later waits make up for.</remarks>
/// <param name="options">How much.</param>
/// <param name="time">The clock.</param>
/// <param name="strain">As how many each request counts, and by how much less may come at once; null: as one.</param>
internal sealed class Pace(Changeable<PaceOptions> options, TimeProvider time, Strain? strain = null)
{
    // When everything may be taken again, in ticks since the start of the clock.
    private long _requestsWholeAt, _bytesWholeAt;

    private long Now => time.GetElapsedTime(0).Ticks;

    private double Times => strain?.Factor ?? 1;

    private static long Burst => PaceOptions.Burst.Ticks;

    /// <summary>Whether so much time has passed that it is as new.</summary>
    public bool IsWhole => Math.Max(Volatile.Read(ref _requestsWholeAt), Volatile.Read(ref _bytesWholeAt)) <= Now;

    /// <summary>How long to wait before the next request; zero if it may come.</summary>
    public TimeSpan Wait()
    {
        var latest = Math.Max(Volatile.Read(ref _requestsWholeAt), Volatile.Read(ref _bytesWholeAt));
        return new TimeSpan(Math.Max(latest - (long)(Burst / Times) - Now, 0));
    }

    /// <summary>Takes a request.</summary>
    /// <param name="bytes">Its size.</param>
    public void Take(int bytes)
    {
        Add(ref _requestsWholeAt, 1, options.Value.RequestsPerSecond);
        Add(ref _bytesWholeAt, bytes, options.Value.BytesPerSecond);
    }

    /// <summary>Takes the answer to a request: a long list is more work than what asks for it.</summary>
    /// <param name="bytes">Its size.</param>
    public void TakeAnswer(int bytes) => Add(ref _bytesWholeAt, bytes, options.Value.BytesPerSecond);

    private void Add(ref long wholeAt, int count, int perSecond)
    {
        var now = Now;
        var cost = (long)(Times * count * TimeSpan.TicksPerSecond / perSecond);
        var before = Volatile.Read(ref wholeAt);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref wholeAt, Math.Max(before, now) + cost, before);
            if (found == before) { return; }
            before = found;
        }
    }
}

/// <summary>How fast an account or a guest may ask.</summary>
public sealed record PaceOptions
{
    /// <summary>So much of what may come in a second may come at once, after as long a rest.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    /// <summary>Of a connection that is not logged in and has little to ask.</summary>
    public static PaceOptions OfGuests { get; } = new() { RequestsPerSecond = 20 };

    /// <summary>Requests a second, 1 to 10,000,000.</summary>
    public int RequestsPerSecond { get; init; } = 20_000;

    /// <summary>Bytes of requests and answers a second, ≥ 1.</summary>
    public int BytesPerSecond { get; init; } = 8 * 1024 * 1024;
}
