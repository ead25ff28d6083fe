namespace JoChat.ActorEngine;

/// <summary>A thread of the pool while it runs mailboxes. The first mailbox that an actor wakes up runs next on the
/// same thread and never sees the pool's queues, which cost more than handling a message.</summary>
/// <remarks>The actor that woke it up may not come to an end for long; it may even wait for what the other is to do.
/// Therefore <see cref="PoolWorkers"/> looks after mailboxes that wait here, and gives them to the pool.</remarks>
internal sealed class PoolWorker
{
    // After that long the thread goes back to the pool, so that what waits there has its turn.
    private const long MaxMilliseconds = 1;

    [ThreadStatic]
    private static PoolWorker? _current;

    private Mailbox? _next;
    private Mailbox? _nextBefore;

    // Whether a mailbox may be made to wait here: while one runs that has not held up another already. Cleared also by
    // who looks after what waits.
    private volatile bool _takesNext;

    /// <returns>False if this thread runs no mailbox, or has one to run next already, or would run it late.</returns>
    public static bool TryRunNext(Mailbox mailbox)
    {
        if (_current is not { _takesNext: true, _next: null } worker) { return false; }
        Volatile.Write(ref worker._next, mailbox);
        PoolWorkers.Watch();
        return true;
    }

    /// <summary>Runs a mailbox that the pool was given, and those that run next.</summary>
    public static void Run(Mailbox first)
    {
        var worker = _current ??= PoolWorkers.Add(new PoolWorker());
        var untouched = ExecutionContext.Capture()!; // the pool gives us a thread that does not suppress its flow
        var end = Environment.TickCount64 + MaxMilliseconds;
        worker._takesNext = true;
        first.Execute();
        while (worker.TakeNext() is { } next)
        {
            if (Environment.TickCount64 > end)
            {
                ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
                break;
            }

            Clear(untouched);
            worker._takesNext = true;
            next.Execute();
        }

        worker._takesNext = false;
    }

    /// <summary>Gives the mailbox that waits to the pool if it was waiting at the last look already. For one other
    /// thread at a time.</summary>
    /// <returns>Whether one waits or waited.</returns>
    public bool LookAfterNext()
    {
        var waiting = Volatile.Read(ref _next);
        var isLate = waiting is not null && waiting == _nextBefore;
        if (isLate && Interlocked.CompareExchange(ref _next, null, waiting) == waiting)
        {
            _takesNext = false;
            ThreadPool.UnsafeQueueUserWorkItem(waiting!, preferLocal: false);
        }

        _nextBefore = isLate ? null : waiting;
        return waiting is not null;
    }

    // As the pool does between two pieces of work: what one actor has left on the thread is not for the next.
    private static void Clear(ExecutionContext untouched)
    {
        ExecutionContext.Restore(untouched);
        if (SynchronizationContext.Current is not null) { SynchronizationContext.SetSynchronizationContext(null); }
    }

    private Mailbox? TakeNext() => _next is null ? null : Interlocked.Exchange(ref _next, null);
}
