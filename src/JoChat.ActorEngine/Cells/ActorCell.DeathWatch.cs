namespace JoChat.ActorEngine;

/// <summary>Watching, being watched, and what comes of it.</summary>
internal sealed partial class ActorCell
{
    /// <inheritdoc/>
    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    /// <inheritdoc/>
    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    /// <inheritdoc/>
    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = InternalActorRef.Of(subject);
        if (watchee.Equals(_self) || _extras is null) { return subject; }
        if (_extras.Watching?.Remove(watchee) == true) { watchee.SendSystem(new Unwatch(_self)); }
        _extras.TerminatedQueued?.Remove(watchee);
        return subject;
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        var watchee = InternalActorRef.Of(subject);
        if (watchee.Equals(_self)) { return subject; }
        var watching = Extras.Watching ??= [];
        if (watching.TryAdd(watchee, message))
        {
            watchee.SendSystem(new Watch(watchee, _self));
        }
        else if (!Equals(watching[watchee], message))
        {
            throw new InvalidOperationException(
                $"{_self} watches {watchee} already, with another message. Unwatch it first.");
        }

        return subject;
    }

    private void AddWatcher(Watch watch) => Extras.WatchedBy.Add(watch.Watcher);

    private void RemoveWatcher(Unwatch unwatch) => _extras?.WatchedBy.Remove(unwatch.Watcher);

    // The termination is told as a user message from the dead actor, so it comes after what that actor had told before.
    private void SubjectTerminated(DeathWatchNotification death)
    {
        if (_extras?.Watching is { } watching && watching.Remove(death.Actor, out var message) && !IsTerminating)
        {
            (_extras.TerminatedQueued ??= [])[death.Actor] = message;
            _self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, addressTerminated: false), death.Actor);
        }

        ChildTerminated(death.Actor);
    }

    // Dropped if the watch has ended since, and if it is not of the engine's making.
    private void ReceiveTerminated(Terminated terminated)
    {
        object? message = null;
        if (_extras?.TerminatedQueued?.Remove(terminated.ActorRef, out message) != true) { return; }
        _message = message ?? terminated;
        ReceiveByActor(_message);
    }

    /// <summary>For the stash: puts messages before all others, in their order. A termination among them is
    /// expected again, or it would be dropped as one whose watch has ended.</summary>
    public void PutBack(IReadOnlyList<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            if (envelope.Message is Terminated terminated)
            {
                (Extras.TerminatedQueued ??= [])[terminated.ActorRef] = null;
            }
        }

        Mailbox.Prepend(envelopes);
    }

    private void TellWatchers()
    {
        if (_extras is null) { return; }
        foreach (var watcher in _extras.WatchedBy.TakeAll())
        {
            // The parent is told anyway.
            if (!watcher.Equals(_self.Parent)) { watcher.SendSystem(new DeathWatchNotification(_self, true)); }
        }
    }

    private void UnwatchAll()
    {
        if (_extras?.Watching is not { } watching) { return; }
        foreach (var watchee in watching.Keys) { InternalActorRef.Of(watchee).SendSystem(new Unwatch(_self)); }
        watching.Clear();
        _extras.TerminatedQueued?.Clear();
    }
}
