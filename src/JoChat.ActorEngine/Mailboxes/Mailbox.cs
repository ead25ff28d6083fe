namespace JoChat.ActorEngine;

/// <summary>The queues of one actor, and its turn on the dispatcher.</summary>
/// <remarks>Whoever enqueues into a mailbox that is not scheduled schedules it, so that it runs on one thread at a
/// time. System messages go before user messages: all of them before a batch, and after every single user
/// message.</remarks>
internal sealed class Mailbox(ActorCell cell, MessageDispatcher dispatcher) : IThreadPoolWorkItem
{
    private const int Scheduled = 1;
    private const int OneHandler = 2;
    private const int OneSuspension = 1 << 16;

    // Bit 0: scheduled. Above: how many asynchronous handlers run, and how often the mailbox is suspended. Zero
    // therefore means "wake me up". Whoever sets bit 0 hands the whole word to the actor, until the actor clears the
    // bit.
    private int _status;

    // The actor has stopped: what waits, and what comes from now on, is a dead letter.
    private bool _isClosed;

    private UserQueue _user = new();
    private SystemQueue _system;

    public ActorCell Cell => cell;

    public MessageDispatcher Dispatcher => dispatcher;

    /// <summary>For the actor only.</summary>
    public bool IsSuspended => _status >= OneHandler;

    /// <summary>Whether an asynchronous handler runs. For the actor only.</summary>
    public bool IsHandling => (_status & (OneSuspension - OneHandler)) != 0;

    public void Enqueue(object message, IActorRef? sender)
    {
        // A closed mailbox takes them too and passes them on in its turn, so that dead letters keep their order.
        _user.Enqueue(message, sender);
        // The fence in Enqueue: either we see the mailbox idle, or it sees the message before it falls asleep.
        if (Volatile.Read(ref _status) == 0) { Schedule(); }
    }

    public void EnqueueSystem(SystemMessage message)
    {
        _system.Enqueue(message);
        Schedule();
    }

    public void Schedule()
    {
        if (TrySetScheduled()) { dispatcher.Dispatch(this, isFresh: true); }
    }

    /// <summary>Runs one batch. Called by the dispatcher, after it was given the mailbox and before it is given it
    /// again.</summary>
    public void Execute()
    {
        var outer = ActorCell.Enter(cell);
        try
        {
            cell.CreateIfNew();
            HandleSystemMessages();
            HandleUserMessages();
            if (_isClosed) { PassOnToDeadLetters(); }
        }
        finally
        {
            ActorCell.Leave(outer);
        }

        Interlocked.And(ref _status, ~Scheduled);
        if (HasWork && TrySetScheduled()) { dispatcher.Dispatch(this, isFresh: false); }
    }

    void IThreadPoolWorkItem.Execute() => PoolWorker.Run(this);

    /// <summary>Holds back user messages until resumed as often. For the actor only.</summary>
    public void Suspend() => _status += OneSuspension;

    /// <summary>For the actor only.</summary>
    public void Resume()
    {
        if (_status >= OneSuspension) { _status -= OneSuspension; }
    }

    /// <summary>Holds back user messages until the handler has ended; resuming does not release them. For the actor
    /// only.</summary>
    public void BeginHandler() => _status += OneHandler;

    /// <summary>For the actor only, once for each <see cref="BeginHandler"/>.</summary>
    public void EndHandler() => _status -= OneHandler;

    /// <summary>Puts messages before all others, in their order. For the actor only.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes) => _user.Prepend(envelopes);

    /// <summary>Turns what waits, and whatever comes later, into dead letters. For the actor only, when it has
    /// stopped.</summary>
    public void Close()
    {
        _status &= Scheduled;
        _isClosed = true;
    }

    private bool HasWork => !_system.IsEmpty || (!IsSuspended && _user.HasMessages);

    private bool TrySetScheduled()
    {
        var status = Volatile.Read(ref _status);
        while ((status & Scheduled) == 0)
        {
            var seen = Interlocked.CompareExchange(ref _status, status | Scheduled, status);
            if (seen == status) { return true; }
            status = seen;
        }

        return false;
    }

    private void HandleUserMessages()
    {
        var position = _user.BeginReading();
        for (var left = dispatcher.Throughput; left > 0 && !_isClosed && !IsSuspended; left--)
        {
            if (!_user.TryDequeue(ref position, out var message, out var sender)) { break; }
            cell.Invoke(message, sender);
            HandleSystemMessages();
        }

        _user.EndReading(position);
    }

    private void HandleSystemMessages()
    {
        while (!_isClosed && _system.TakeAll() is { } message)
        {
            for (SystemMessage? current = message; current is not null;)
            {
                var next = current.Next;
                current.Next = null;
                if (_isClosed) { DeadLetterRef.AnswerForTheDead(current); }
                else { cell.InvokeSystem(current); }
                current = next;
            }
        }
    }

    private void PassOnToDeadLetters()
    {
        for (var message = _system.TakeAll(); message is not null; message = message.Next)
        {
            DeadLetterRef.AnswerForTheDead(message);
        }

        // Not all at once: the actor would not come to its end while others keep telling it.
        var position = _user.BeginReading();
        for (var left = dispatcher.Throughput; left > 0; left--)
        {
            if (!_user.TryDequeue(ref position, out var message, out var sender)) { break; }
            cell.System.DeadLetterBox.Publish(message, sender, cell.Self);
        }

        _user.EndReading(position);
    }
}
