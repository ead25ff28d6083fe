namespace JoChat.ActorEngine;

/// <summary>Making instances.</summary>
internal sealed partial class ActorCell
{
#pragma warning disable CA1031 // whatever an actor throws is its supervisor's business
    private void Create()
    {
        try
        {
            NewInstance();
            _actor!.CallPreStart();
            RestartReceiveTimeout();
        }
        catch (Exception failure)
        {
            // The half-made instance gets neither messages nor PostStop.
            DropHalfMadeInstance();
            var known = failure as ActorInitializationException;
            Fail(known ?? new ActorInitializationException(_self, "Exception during creation", failure), _self);
        }
    }
#pragma warning restore CA1031

    private void NewInstance()
    {
        _behavior = null;
        var outer = _constructing;
        _constructing = this;
        try
        {
            _actor = Props.NewActor();
        }
        finally
        {
            _constructing = outer;
        }

        _actor.Constructed();
        if (_actor is IWithStash stashing) { stashing.Stash = Extras.Stash ??= new ActorStash(this); }
    }

    /// <summary>For the constructor of an actor with timers.</summary>
    public TimerScheduler GetTimers() => Extras.Timers ??= new TimerScheduler(this);

    // Restart asked for an actor that was never made: make it.
    private void CreateAgain()
    {
        StopChildren();
        if (_children?.Await(new AwaitedFor.Creation()) != true) { FinishCreate(); }
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        ClearFailure();
        Create();
    }

    private void DropHalfMadeInstance()
    {
        if (_actor is not null) { ReleaseInstance(_actor); }
        _actor = null;
        DropInstanceState();
    }

    // What belongs to the instance and not to the cell. A new instance sets it up again.
    private void DropInstanceState()
    {
        _behavior = null;
        SetReceiveTimeout(null);
        _extras?.Timers?.CancelAll();
    }
}
