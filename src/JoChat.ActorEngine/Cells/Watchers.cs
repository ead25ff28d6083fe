namespace JoChat.ActorEngine;

/// <summary>Who watches an actor. A single watcher, as most have, needs no table.</summary>
/// <remarks>Mutable struct, to live inside the cell's extras; never copied.</remarks>
internal struct Watchers
{
    private InternalActorRef? _first;
    private HashSet<InternalActorRef>? _others;

    public void Add(InternalActorRef watcher)
    {
        if (_first is null && _others is null) { _first = watcher; }
        else if (!watcher.Equals(_first)) { (_others ??= []).Add(watcher); }
    }

    public void Remove(InternalActorRef watcher)
    {
        if (watcher.Equals(_first)) { _first = null; }
        else { _others?.Remove(watcher); }
    }

    /// <summary>Takes all out.</summary>
    public IReadOnlyList<InternalActorRef> TakeAll()
    {
        var others = _others ?? [];
        InternalActorRef[] all = _first is null ? [.. others] : [_first, .. others];
        (_first, _others) = (null, null);
        return all;
    }
}
