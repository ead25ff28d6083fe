namespace JoChat.ActorEngine;

/// <summary>What most actors never need: made on first use, so that the many stay small.</summary>
internal sealed class CellExtras
{
    /// <summary>Who watches the actor.</summary>
    public Watchers WatchedBy;

    /// <summary>Whom the actor watches, with the message it wants instead of <see cref="Terminated"/>.</summary>
    public Dictionary<IActorRef, object?>? Watching { get; set; }

    /// <summary>Whose termination is in the mailbox, with the message wanted for it.</summary>
    public Dictionary<IActorRef, object?>? TerminatedQueued { get; set; }

    public IdleTimer? IdleTimer { get; set; }

    public TimerScheduler? Timers { get; set; }

    public ActorStash? Stash { get; set; }

    /// <summary>How often each child was restarted.</summary>
    public Dictionary<IActorRef, RestartStatistics>? Restarts { get; set; }

    /// <summary>System messages that the actor's present state must not handle.</summary>
    public List<SystemMessage>? Held { get; set; }

    /// <summary>Who made the actor fail: itself, or the child whose failure it escalated. Null while it has not
    /// failed.</summary>
    public InternalActorRef? Perpetrator { get; set; }

    /// <summary>What the actor was handling when it failed.</summary>
    public Envelope FailedOn { get; set; }
}
