namespace JoChat.ActorEngine;

/// <summary>Runs mailboxes on the .NET thread pool. One instance serves any number of actors.</summary>
internal sealed class ThreadPoolDispatcher(int throughput) : MessageDispatcher(throughput)
{
    // A fresh mailbox stays on this thread's own queue, where its message is still in the cache; it is taken by other
    // threads when they have nothing to do. One that used up its turn goes to the end of the common queue.
    public override void Dispatch(Mailbox mailbox, bool isFresh) =>
        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: isFresh);
}
