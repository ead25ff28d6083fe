using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace JoChat.ActorEngine.TestKit;

/// <summary>What a test actor was told and the test has not looked at yet.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class ReceivedMessages
{
    private readonly ConcurrentQueue<Envelope> _queue = new();
    private readonly SemaphoreSlim _count = new(0);

    public bool IsEmpty => _queue.IsEmpty;

    public void Add(Envelope envelope)
    {
        _queue.Enqueue(envelope);
        _count.Release();
    }

    /// <returns>Null if nothing came in time.</returns>
    public Envelope? Take(TimeSpan timeout, CancellationToken cancellation) =>
        _count.Wait(timeout, cancellation) ? Dequeue() : null;

    /// <returns>Null if nothing came in time.</returns>
    public async ValueTask<Envelope?> TakeAsync(TimeSpan timeout, CancellationToken cancellation) =>
        await _count.WaitAsync(timeout, cancellation).ConfigureAwait(false) ? Dequeue() : null;

    /// <summary>What else is queued, for whoever reads why the test failed.</summary>
    public string Describe() => _queue.IsEmpty
        ? "Nothing else is queued."
        : $"Queued behind it:{string.Concat(_queue.Select(envelope => $"{Environment.NewLine}  {envelope}"))}";

    // The count was taken, so there is one.
    private Envelope? Dequeue() => _queue.TryDequeue(out var envelope) ? envelope : null;
}
