namespace JoChat.ActorEngine;

/// <summary>The end: children first, then PostStop, the mailbox, the parent, the watchers.</summary>
internal sealed partial class ActorCell
{
    private bool IsTerminating => _children?.IsTerminating == true;

    private void BeTerminated()
    {
        if (IsTerminating) { return; }
        SetReceiveTimeout(null);
        var children = Interlocked.CompareExchange(ref _children, ChildrenTable.Closed, null) ?? ChildrenTable.Closed;
        // Closed first: a child that the system adds to a guardian right now is either seen here or refused.
        children.Close();
        StopChildren();
        if (!children.Await(new AwaitedFor.Termination()))
        {
            FinishTerminate();
            return;
        }

        // No user message is handled while children are awaited, and a failure now concerns nobody.
        Mailbox.Suspend();
        Extras.Perpetrator = _self;
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        if (actor is not null) { CallPostStop(actor); }
        DropInstanceState();
        // Put back so that they become dead letters with the rest, and before it.
        _extras?.Stash?.UnstashAll();
        if (actor is not null) { ReleaseInstance(actor); }
        _actor = null;
        // Whatever waited for the children to be gone came too late: it must not revive the actor.
        _extras?.Held?.Clear();
        Mailbox.Close();
        Mailbox.Dispatcher.Detach();
        _self.Parent.SendSystem(new DeathWatchNotification(_self, existenceConfirmed: true));
        TellWatchers();
        UnwatchAll();
        Forget();
    }

#pragma warning disable CA1031 // a failing hook is logged and does not stop what it hooks into
    private void CallPostStop(ActorBase actor)
    {
        try
        {
            _extras?.Timers?.CancelAll();
            actor.CallPostStop();
        }
        catch (Exception failure)
        {
            LogError(failure, "Error during PostStop");
        }
    }

    private void ReleaseInstance(ActorBase actor)
    {
        try
        {
            (actor as IDisposable)?.Dispose();
        }
        catch (Exception failure)
        {
            LogError(failure, "Error while disposing");
        }
    }
#pragma warning restore CA1031
}
