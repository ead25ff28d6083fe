using System.Diagnostics;

namespace JoChat.Actors;

/// <summary>How strained the process is: whether what many connections ask waits for a thread. Then a request of an
/// account counts as several, so that those who ask most wait first (<see cref="Pace"/>). Thread-safe.</summary>
/// <remarks>It rises with two looks that find strain, and falls back within six seconds: if it fell sooner, those who
/// wait would bring it back again and again, and everybody would feel each time.</remarks>
internal sealed class Strain : IDisposable
{
    /// <summary>As how many a request counts at most.</summary>
    public const int Most = 16;

    private const int ManyWaiting = 32;
    private const double Growth = 4, Decay = 0.99;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20), Late = TimeSpan.FromMilliseconds(5);

    private Timer? _timer;
    private long _lookedAt = Stopwatch.GetTimestamp();
    private double _factor = 1;

    /// <summary>As how many a request counts now: 1 to <see cref="Most"/>.</summary>
    public double Factor => Volatile.Read(ref _factor);

    /// <summary>Begins to look at the thread pool of this process.</summary>
    public static Strain Watch()
    {
        var strain = new Strain();
        strain._timer = new Timer(_ => strain.Look(), null, Interval, Interval);
        return strain;
    }

    /// <summary>Notes what a look has found. Only who is late for many is strained: one account alone, or another
    /// process that takes the cores, is no reason to slow anybody down.</summary>
    /// <param name="late">How long the look waited for a thread.</param>
    /// <param name="waiting">How much else does.</param>
    public void Note(TimeSpan late, long waiting)
    {
        var isStrained = late > Late && waiting > ManyWaiting;
        Volatile.Write(ref _factor, isStrained ? Math.Min(Growth * _factor, Most) : Math.Max(Decay * _factor, 1));
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    // A timer's callback waits in the pool as a request does.
    private void Look()
    {
        var now = Stopwatch.GetTimestamp();
        var late = Stopwatch.GetElapsedTime(_lookedAt, now) - Interval;
        _lookedAt = now;
        Note(late, ThreadPool.PendingWorkItemCount);
    }
}
