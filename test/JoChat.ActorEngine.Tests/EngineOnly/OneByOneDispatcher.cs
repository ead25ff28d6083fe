namespace JoChat.ActorEngine.Tests;

/// <summary>Keeps the mailboxes and runs them one by one, on the thread of the test, when it says so.</summary>
internal sealed class OneByOneDispatcher(int throughput) : MessageDispatcher(throughput)
{
    private readonly Queue<Mailbox> _waiting = new();

    public override void Dispatch(Mailbox mailbox, bool isFresh) => _waiting.Enqueue(mailbox);

    public void RunAll()
    {
        while (_waiting.TryDequeue(out var mailbox)) { mailbox.Execute(); }
    }
}
