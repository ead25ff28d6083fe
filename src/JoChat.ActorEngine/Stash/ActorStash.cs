namespace JoChat.ActorEngine;

/// <summary>The stash of one actor. Belongs to the thread that runs the actor; outlives its instances.</summary>
internal sealed class ActorStash(ActorCell cell) : IStash
{
    private LinkedList<Envelope>? _stashed; // null until something is put aside

    public int Count => _stashed?.Count ?? 0;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public bool IsFull => Capacity >= 0 && Count >= Capacity;

    public int Capacity => cell.Props.StashCapacity;

    public void Stash()
    {
        var message = cell.CurrentMessage
            ?? throw new IllegalActorStateException($"{cell.Self} has no current message to stash.");
        if (cell.IsStashed)
        {
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once.");
        }

        if (IsFull) { throw new StashOverflowException($"The stash of {cell.Self} is full: {Capacity}."); }
        (_stashed ??= []).AddLast(new Envelope(message, cell.Sender));
        cell.IsStashed = true;
    }

    public void Unstash()
    {
        if (_stashed?.First is not { } oldest) { return; }
        _stashed.RemoveFirst();
        cell.PutBack([oldest.Value]);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (_stashed is not { Count: > 0 }) { return; }
        cell.PutBack([.. _stashed.Where(predicate)]);
        _stashed.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] all = _stashed is null ? [] : [.. _stashed];
        _stashed?.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        _stashed ??= [];
        LinkedListNode<Envelope>? last = null;
        foreach (var envelope in envelopes)
        {
            last = last is null ? _stashed.AddFirst(envelope) : _stashed.AddAfter(last, envelope);
        }
    }
}
