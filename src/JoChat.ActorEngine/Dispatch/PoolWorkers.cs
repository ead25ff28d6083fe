namespace JoChat.ActorEngine;

/// <summary>All threads that run mailboxes, and the look after what waits to run next on each: while there is any,
/// every few milliseconds.</summary>
internal static class PoolWorkers
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private static readonly Lock Gate = new();
    private static readonly Timer Clock = new(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    // A thread that ends takes its worker along.
    private static readonly List<WeakReference<PoolWorker>> All = [];

    private static volatile bool _isWatching;

    public static PoolWorker Add(PoolWorker worker)
    {
        lock (Gate) { All.Add(new WeakReference<PoolWorker>(worker)); }
        return worker;
    }

    /// <summary>To be called after a mailbox was made to wait.</summary>
    public static void Watch()
    {
        if (_isWatching) { return; }
        _isWatching = true;
        Clock.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private static void Look()
    {
        if (!LookAfterAll())
        {
            _isWatching = false;
            // Whoever did not see that yet has made its mailbox wait where we see it now.
            Interlocked.MemoryBarrierProcessWide();
            if (!LookAfterAll()) { return; }
        }

        _isWatching = true;
        Clock.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private static bool LookAfterAll()
    {
        lock (Gate)
        {
            var isAnyWaiting = false;
            All.RemoveAll(reference =>
            {
                if (!reference.TryGetTarget(out var worker)) { return true; }
                isAnyWaiting |= worker.LookAfterNext();
                return false;
            });
            return isAnyWaiting;
        }
    }
}
