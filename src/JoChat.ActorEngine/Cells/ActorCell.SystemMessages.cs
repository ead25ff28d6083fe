namespace JoChat.ActorEngine;

/// <summary>What the engine tells the cell.</summary>
internal sealed partial class ActorCell
{
    /// <summary>Handles one system message, or keeps it until the actor's state allows it.</summary>
    public void InvokeSystem(SystemMessage message)
    {
        if (MustHold(message))
        {
            (Extras.Held ??= []).Add(message);
            return;
        }

        Handle(message);
        while (_extras?.Held is { Count: > 0 } held && held.FindIndex(kept => !MustHold(kept)) is >= 0 and var next)
        {
            var released = held[next];
            held.RemoveAt(next);
            Handle(released);
        }
    }

    // A child's failure is not judged while the actor itself waits for its verdict, or for its own asynchronous
    // handler. While children are awaited, for a restart or the end, nothing else may change the actor's state.
    private bool MustHold(SystemMessage message) => message switch
    {
        Recreate or Suspend or Resume => _children?.IsWaiting == true,
        Failed => Mailbox.IsSuspended && _children?.IsWaiting != true,
        _ => false,
    };

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case RunContinuation piece:
                RunPiece(piece);
                break;
            case Watch watch:
                AddWatcher(watch);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch);
                break;
            case DeathWatchNotification death:
                SubjectTerminated(death);
                break;
            case Failed failed:
                ChildFailed(failed);
                break;
            case Suspend:
                BeSuspended();
                break;
            case Resume resume:
                BeResumed(resume.CausedByFailure);
                break;
            case Recreate recreate:
                BeRecreated(recreate.Cause);
                break;
            case Terminate:
                BeTerminated();
                break;
        }
    }
}
