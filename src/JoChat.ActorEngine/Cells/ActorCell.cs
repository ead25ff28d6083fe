namespace JoChat.ActorEngine;

/// <summary>What stays of an actor when its instance is replaced: its place in the tree, its mailbox, what it
/// watches.</summary>
/// <remarks>The way of a message: <see cref="LocalActorRef.Tell"/>, <see cref="Mailbox.Enqueue"/>,
/// <see cref="Mailbox.Execute"/> on the dispatcher, <see cref="Invoke"/>, the behaviour. All members but those of the
/// context that say otherwise belong to the thread that runs the mailbox.</remarks>
internal sealed partial class ActorCell : IUntypedActorContext
{
    private readonly LocalActorRef _self;

    // Null before creation, after a failed one, between the instances of a restart, and when stopped.
    private ActorBase? _actor;
    private object? _message;
    private IActorRef? _sender;
    private bool _isCreated;

    public ActorCell(LocalActorSystem system, LocalActorRef self, Props props, MessageDispatcher dispatcher)
    {
        System = system;
        _self = self;
        Props = props;
        Mailbox = new Mailbox(this, dispatcher);
        self.Mailbox = Mailbox;
    }

    public LocalActorSystem System { get; }

    public Mailbox Mailbox { get; }

    public Props Props { get; }

    public InternalActorRef Self => _self;

    public IActorRef Sender => _sender ?? System.DeadLetterBox;

    /// <summary>The message being handled, or that was being handled when the actor failed.</summary>
    public object? CurrentMessage => _message;

    /// <summary>The instance, while it handles a message.</summary>
    public ActorBase Actor => _actor!;

    /// <summary>What handled the latest message: likely what handles the next one.</summary>
    public HandlerShape.Candidates? LatestCandidates { get; set; }

    /// <summary>Whether the message being handled is in the stash.</summary>
    public bool IsStashed { get; set; }

    IActorRef IActorContext.Self => _self;

    IActorRef IActorContext.Parent => _self.Parent;

    ActorSystem IActorContext.System => System;

    /// <summary>Handles one user message, whatever comes of it.</summary>
    public void Invoke(object message, IActorRef? sender)
    {
        _message = message;
        _sender = sender;
        IsStashed = false;
        try
        {
            if (message is IAutoReceivedMessage) { ReceiveByEngine(message); }
            else { ReceiveByActor(message); }
        }
#pragma warning disable CA1031 // whatever an actor throws is its supervisor's business
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(failure, _self);
            return;
        }

        if (_extras is not null) { RestartReceiveTimeout(); }
        Forget();
    }

    /// <summary>Makes the first instance, before the first message of either kind.</summary>
    public void CreateIfNew()
    {
        if (_isCreated) { return; }
        _isCreated = true;
        Create();
    }

    // An idle actor keeps no message alive.
    private void Forget()
    {
        _message = null;
        _sender = null;
    }

    private void ReceiveByActor(object message)
    {
        // An actor that is stopping, or whose creation failed, is suspended: none of its messages come here.
        var behavior = _behavior;
        var isHandled = behavior is null ? _actor!.ReceiveInitially(message) : behavior.Behavior.Handle(this, message);
        if (!isHandled) { _actor!.CallUnhandled(message); }
    }

    private void ReceiveByEngine(object message)
    {
        switch (message)
        {
            case TimerFired fired:
                ReceiveTimer(fired);
                break;
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            default:
                ReceiveByActor(message);
                break;
        }
    }

    private void ReceiveTimer(TimerFired fired)
    {
        if (!fired.IsCurrent(_extras?.Timers)) { return; }
        _message = fired.Message;
        if (_message is IAutoReceivedMessage) { ReceiveByEngine(_message); }
        else { ReceiveByActor(_message); }
    }
}
