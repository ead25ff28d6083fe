namespace JoChat.ActorEngine.TestKit;

/// <summary>Keeps the mailboxes that are due and runs them one message at a time, on the thread that says so; which one
/// is next is left to chance, the same chance for the same seed.</summary>
internal sealed class SeededDispatcher(int seed) : MessageDispatcher(throughput: 1)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<Mailbox> _due = [];

    public override void Dispatch(Mailbox mailbox, bool isFresh)
    {
        lock (_lock) { _due.Add(mailbox); }
    }

    /// <returns>False if none is due.</returns>
    public bool RunNext()
    {
        if (Choose() is not { } mailbox) { return false; }
        // A handler's awaits would go on in the context of the test instead of the actor's turn.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            mailbox.Execute();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        return true;
    }

    private Mailbox? Choose()
    {
        lock (_lock)
        {
            if (_due.Count == 0) { return null; }
            var index = _random.Next(_due.Count);
            var mailbox = _due[index];
            _due[index] = _due[^1];
            _due.RemoveAt(_due.Count - 1);
            return mailbox;
        }
    }
}
