namespace JoChat.ActorEngine;

/// <summary>Failing, being judged by the parent, and judging children.</summary>
internal sealed partial class ActorCell
{
    private bool HasFailed => _extras?.Perpetrator is not null;

    // The actor and all below it stand still until the parent has decided.
    private void Fail(Exception failure, InternalActorRef perpetrator)
    {
        if (HasFailed) { return; }
        Extras.Perpetrator = perpetrator;
        Extras.FailedOn = new Envelope(_message!, _sender!);
        Mailbox.Suspend();
        SuspendChildren(except: perpetrator);
        _self.Parent.SendSystem(new Failed(_self, failure));
    }

    private void ClearFailure()
    {
        if (_extras is not null)
        {
            _extras.Perpetrator = null;
            _extras.FailedOn = default;
        }
    }

#pragma warning disable CA1031 // a decider that throws is a failure of the actor it belongs to
    private void ChildFailed(Failed failed)
    {
        if (_children?.Contains(failed.Child) != true) { return; }
        _message = failed;
        _sender = failed.Child;
        try
        {
            var strategy = Props.SupervisorStrategy
                ?? _actor?.GetSupervisorStrategy()
                ?? SupervisorStrategy.DefaultStrategy;
            if (!strategy.HandleFailure(this, failed.Child, failed.Cause)) { Fail(failed.Cause, failed.Child); }
        }
        catch (Exception failure)
        {
            Fail(failure, failed.Child);
        }

        Forget();
    }
#pragma warning restore CA1031

    /// <summary>For the strategy: how often this child was restarted.</summary>
    public RestartStatistics RestartsOf(IActorRef child)
    {
        var all = Extras.Restarts ??= [];
        if (!all.TryGetValue(child, out var statistics)) { all.Add(child, statistics = new RestartStatistics()); }
        return statistics;
    }

    private void BeSuspended()
    {
        Mailbox.Suspend();
        SuspendChildren(except: null);
    }

    private void BeResumed(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            CreateAgain();
            return;
        }

        var perpetrator = _extras?.Perpetrator;
        Mailbox.Resume();
        if (causedByFailure is not null)
        {
            ClearFailure();
            Forget();
        }

        ResumeChildren(causedByFailure, perpetrator);
    }

    private void BeRecreated(Exception cause)
    {
        if (_actor is null)
        {
            CreateAgain();
            return;
        }

        if (_extras?.FailedOn is { } failedOn) { (_message, _sender) = (failedOn.Message, failedOn.Sender); }
        CallPreRestart(_actor, cause);
        ReleaseInstance(_actor);
        _actor = null;
        _message = null;
        if (_children?.Await(new AwaitedFor.Recreation(cause)) != true) { FinishRecreate(cause); }
    }

#pragma warning disable CA1031 // a failing hook is logged and does not stop what it hooks into
    private void CallPreRestart(ActorBase actor, Exception cause)
    {
        try
        {
            _extras?.Timers?.CancelAll();
            actor.CallPreRestart(cause, _message);
            _extras?.Stash?.UnstashAll();
        }
        catch (Exception failure)
        {
            LogError(new PreRestartException(_self, failure, cause, _message), "Error while restarting");
            _extras?.Stash?.ClearStash();
        }
    }
#pragma warning restore CA1031

#pragma warning disable CA1031 // whatever an actor throws is its supervisor's business
    private void FinishRecreate(Exception cause)
    {
        var survivors = _children?.ToArray() ?? [];
        Mailbox.Resume();
        ClearFailure();
        DropInstanceState();
        try
        {
            NewInstance();
            _actor!.CallPostRestart(cause);
            RestartReceiveTimeout();
        }
        catch (Exception failure)
        {
            DropHalfMadeInstance();
            Fail(new PostRestartException(_self, failure, cause), _self);
            return;
        }

        foreach (var survivor in survivors) { survivor.SendSystem(new Recreate(cause)); }
    }
#pragma warning restore CA1031

    private void LogError(Exception cause, string message) =>
        System.EventStream.Publish(new Error(cause, _self.Path.ToString(), Props.Type, message));
}
