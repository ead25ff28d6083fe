namespace JoChat.ActorEngine;

/// <summary>The actors below this one. The table is safe for any thread: the system adds children to its
/// guardians.</summary>
internal sealed partial class ActorCell
{
    private ChildrenTable? _children;
    private CellExtras? _extras;

    private CellExtras Extras => _extras ??= new CellExtras();

    private ChildrenTable Children =>
        Volatile.Read(ref _children)
        ?? Interlocked.CompareExchange(ref _children, new ChildrenTable(), null)
        ?? Volatile.Read(ref _children)!;

    /// <inheritdoc/>
    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null) { ActorNames.Check(name); }
        System.MailboxTypes.Check(props.Mailbox);
        var dispatcher = System.Dispatchers.Lookup(props.Dispatcher);
        return MakeChild(props, name, dispatcher);
    }

    /// <summary>As <see cref="ActorOf"/>, but on a dispatcher that no configuration knows.</summary>
    public LocalActorRef MakeChild(Props props, string? name, MessageDispatcher dispatcher)
    {
        name = Children.Reserve(name, _self.Path);
        var path = new ChildActorPath(_self.Path, name, System.NextUid());
        var child = new LocalActorRef(path, _self);
        var cell = new ActorCell(System, child, props, dispatcher);
        Children.Add(name, child);
        cell.Mailbox.Schedule();
        return child;
    }

    /// <inheritdoc/>
    public IActorRef Child(string name) => (IActorRef?)_children?.Find(name) ?? ActorRefs.Nobody;

    /// <inheritdoc/>
    public IEnumerable<IActorRef> GetChildren() => _children?.ToArray() ?? [];

    /// <inheritdoc/>
    public void Stop(IActorRef child)
    {
        var reference = InternalActorRef.Of(child);
        _children?.ExpectDeath(reference);
        reference.Stop();
    }

    private void StopChildren()
    {
        foreach (var child in GetChildren()) { Stop(child); }
    }

    private void SuspendChildren(InternalActorRef? except)
    {
        foreach (var child in _children?.ToArray() ?? [])
        {
            if (!child.Equals(except)) { child.SendSystem(new Suspend()); }
        }
    }

    // The failure of the one that is forgiven; the others were only suspended along with it.
    private void ResumeChildren(Exception? causedByFailure, InternalActorRef? perpetrator)
    {
        foreach (var child in _children?.ToArray() ?? [])
        {
            child.SendSystem(new Resume(child.Equals(perpetrator) ? causedByFailure : null));
        }
    }

    private void ChildTerminated(InternalActorRef child)
    {
        if (_children is null) { return; }
        _extras?.Restarts?.Remove(child);
        switch (_children.Remove(child))
        {
            case AwaitedFor.Recreation recreation:
                FinishRecreate(recreation.Cause);
                break;
            case AwaitedFor.Creation:
                FinishCreate();
                break;
            case AwaitedFor.Termination:
                FinishTerminate();
                break;
        }
    }
}
