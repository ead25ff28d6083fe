namespace JoChat.ActorEngine;

/// <summary>Runs mailboxes on the .NET thread pool. One instance serves any number of actors.</summary>
internal sealed class ThreadPoolDispatcher(int throughput) : MessageDispatcher(throughput)
{
    // A fresh mailbox stays on this thread, where its message is still in the cache: it runs next, or waits in the
    // thread's own queue, from where others take it when they have nothing to do. One that used up its turn goes to the
    // end of the common queue.
    public override void Dispatch(Mailbox mailbox, bool isFresh)
    {
        if (isFresh && PoolWorker.TryRunNext(mailbox)) { return; }
        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: isFresh);
    }
}
