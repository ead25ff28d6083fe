#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>A way to take something back.</summary>
public interface ICancelable
{
    /// <summary>Whether it was taken back.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>Cancelled along with this.</summary>
    CancellationToken Token { get; }

    /// <summary>Takes it back. Any number of times.</summary>
    void Cancel();

    /// <summary>Takes it back later.</summary>
    /// <param name="delay">How long to wait, ≥ 0.</param>
    void CancelAfter(TimeSpan delay);

    /// <summary>Takes it back later.</summary>
    /// <param name="millisecondsDelay">How long to wait, ≥ 0.</param>
    void CancelAfter(int millisecondsDelay);
}

/// <summary>Takes back what was scheduled with it.</summary>
public sealed class Cancelable : ICancelable, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IActionScheduler _scheduler;

    /// <summary>Makes one that is not cancelled.</summary>
    /// <param name="scheduler">Counts the time of <see cref="CancelAfter(TimeSpan)"/>.</param>
    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced)
    {
    }

    /// <summary>Makes one that is not cancelled.</summary>
    /// <param name="scheduler">Counts the time of <see cref="CancelAfter(TimeSpan)"/>.</param>
    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    /// <inheritdoc/>
    public bool IsCancellationRequested => _source.IsCancellationRequested;

    /// <inheritdoc/>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Cancel() => _source.Cancel();

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay) => _scheduler.ScheduleOnce(delay, Cancel, this); // ends if cancelled before

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
