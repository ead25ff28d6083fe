namespace JoChat.ActorEngine;

/// <summary>Runs one actor on a thread of its own, started with its first run and ended when it has stopped.</summary>
internal sealed class PinnedDispatcher(int throughput, string name) : MessageDispatcher(throughput), IDisposable
{
    private readonly SemaphoreSlim _runs = new(0);
    private Mailbox? _mailbox;
    private volatile bool _isDetached;

    public override void Dispatch(Mailbox mailbox, bool isFresh)
    {
        if (_isDetached)
        {
            ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);
            return;
        }

        // Not raced for: the mailbox is not given again before it has run.
        if (_mailbox is null)
        {
            _mailbox = mailbox;
            new Thread(Run) { IsBackground = true, Name = name }.UnsafeStart();
        }

        _runs.Release();
    }

    // Called by the actor, hence on its thread, during a run: the thread ends after it.
    public override void Detach() => _isDetached = true;

    public void Dispose() => _runs.Dispose();

    private void Run()
    {
        while (!_isDetached)
        {
            _runs.Wait(); // the thread has nothing else to do
            _mailbox!.Execute();
        }

        Dispose();
    }
}
