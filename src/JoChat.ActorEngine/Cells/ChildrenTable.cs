namespace JoChat.ActorEngine;

/// <summary>What a cell does when the last child it waits for is gone.</summary>
internal abstract record AwaitedFor
{
    private AwaitedFor()
    {
    }

    public sealed record Recreation(Exception Cause) : AwaitedFor;

    public sealed record Creation : AwaitedFor;

    public sealed record Termination : AwaitedFor;
}

/// <summary>The children of one cell by name, and which of them are expected to die. Safe for any thread.</summary>
internal sealed class ChildrenTable
{
    /// <summary>The table of every actor that ends without ever having had a child: none can be added.</summary>
    public static readonly ChildrenTable Closed = new() { _isClosed = true };

    private readonly Lock _lock = new();

    // Null holds a name for a child that is just being made. A name is free again only when its child has terminated.
    private readonly Dictionary<string, LocalActorRef?> _byName = [];
    private int _reserved;
    private HashSet<InternalActorRef>? _dying;
    private AwaitedFor? _awaitedFor;
    private bool _isClosed;
    private long _generated;

    public bool IsWaiting
    {
        get { lock (_lock) { return _awaitedFor is not null; } }
    }

    /// <summary>Whether no child may be added any more.</summary>
    public bool IsTerminating
    {
        get { lock (_lock) { return _isClosed; } }
    }

    // In a table that is closed, a child that is just being made is as good as told to stop.
    private bool IsAnyoneDying => _dying is { Count: > 0 } || (_isClosed && _reserved > 0);

    /// <summary>Takes a name, or makes one up.</summary>
    /// <exception cref="InvalidActorNameException">A child has it.</exception>
    /// <exception cref="InvalidOperationException">The parent is terminating.</exception>
    public string Reserve(string? name, ActorPath parent)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new InvalidOperationException(
                    $"Cannot create child \"{name}\" while {parent} is terminating or terminated.");
            }

            name ??= ActorNames.Generate(_generated++);
            if (!_byName.TryAdd(name, null))
            {
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique below {parent}.");
            }

            _reserved++;
            return name;
        }
    }

    public void Add(string name, LocalActorRef child)
    {
        lock (_lock)
        {
            _byName[name] = child;
            _reserved--;
            // The parent began to terminate in between and has not seen the child.
            if (!_isClosed) { return; }
            (_dying ??= []).Add(child);
        }

        child.Stop();
    }

    public LocalActorRef? Find(string name)
    {
        lock (_lock) { return _byName.GetValueOrDefault(name); }
    }

    public bool Contains(InternalActorRef child)
    {
        lock (_lock) { return ReferenceEquals(_byName.GetValueOrDefault(child.Path.Name), child); }
    }

    public LocalActorRef[] ToArray()
    {
        lock (_lock) { return [.. _byName.Values.OfType<LocalActorRef>()]; }
    }

    /// <summary>Notes that a child was told to stop.</summary>
    public void ExpectDeath(InternalActorRef child)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_byName.GetValueOrDefault(child.Path.Name), child)) { (_dying ??= []).Add(child); }
        }
    }

    /// <summary>Lets no child be added from now on.</summary>
    public void Close()
    {
        lock (_lock) { _isClosed = true; }
    }

    /// <summary>Sets what is to be done when those expected to die are gone, and those that are just being made when
    /// the table was closed.</summary>
    /// <returns>False if none is expected to: do it now.</returns>
    public bool Await(AwaitedFor purpose)
    {
        lock (_lock)
        {
            if (!IsAnyoneDying) { return false; }
            _awaitedFor = purpose;
            return true;
        }
    }

    /// <summary>Frees the name of a child that has terminated.</summary>
    /// <returns>What was awaited, if this child was the last; else null.</returns>
    public AwaitedFor? Remove(InternalActorRef child)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_byName.GetValueOrDefault(child.Path.Name), child)) { return null; }
            _byName.Remove(child.Path.Name);
            if (_dying?.Remove(child) != true || IsAnyoneDying) { return null; }
            var purpose = _awaitedFor;
            _awaitedFor = null;
            return purpose;
        }
    }
}
