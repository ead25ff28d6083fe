using System.Collections.Concurrent;

namespace JoChat.ActorEngine;

/// <summary>The kinds of a behaviour's handlers in their order, and which of them are candidates for a type of message.
/// Shared by all behaviours that register the same kinds; there are as many as the program has ways to do so.</summary>
internal sealed class HandlerShape
{
    private static readonly ConcurrentDictionary<Type, RuntimeTypeKind> RuntimeKinds = new();

    private readonly ConcurrentDictionary<HandlerKind, HandlerShape> _longer = new();
    private readonly HandlerKind[] _kinds;

    // Replaced as a whole when a type comes for the first time, so that looking up needs no lock.
    private Dictionary<Type, Candidates> _candidates = [];

    private HandlerShape(HandlerKind[] kinds) => _kinds = kinds;

    /// <summary>The shape without handlers.</summary>
    public static HandlerShape Empty { get; } = new([]);

    public bool TakesEverything => _kinds is [.., var last] && last.TakesEverything;

    public static RuntimeTypeKind KindOf(Type messageType) =>
        RuntimeKinds.GetOrAdd(messageType, static type => new RuntimeTypeKind(type));

    /// <summary>This shape with one more handler at its end.</summary>
    public HandlerShape With(HandlerKind kind) =>
        _longer.TryGetValue(kind, out var known)
            ? known
            : _longer.GetOrAdd(kind, static (added, kinds) => new HandlerShape([.. kinds, added]), _kinds);

    /// <summary>Which handlers take messages of that type.</summary>
    public Candidates CandidatesFor(Type type) =>
        Volatile.Read(ref _candidates).TryGetValue(type, out var known) ? known : Learn(type);

    /// <summary>Offers the message to the candidates for its type, in their order.</summary>
    /// <returns>False if none wanted it.</returns>
    public bool Handle(ActorCell cell, Candidates candidates, object[] handlers, object message)
    {
        foreach (var index in candidates.Indices)
        {
            if (_kinds[index].Handle(cell, handlers[index], message)) { return true; }
        }

        return false;
    }

    private Candidates Learn(Type type)
    {
        var fitting = Enumerable.Range(0, _kinds.Length).Where(i => _kinds[i].MessageType.IsAssignableFrom(type));
        var found = new Candidates(type, [.. fitting]);
        while (true)
        {
            var known = Volatile.Read(ref _candidates);
            var more = new Dictionary<Type, Candidates>(known) { [type] = found };
            if (ReferenceEquals(Interlocked.CompareExchange(ref _candidates, more, known), known)) { return found; }
        }
    }

    /// <summary>The handlers that take messages of a type, by their places.</summary>
    public sealed record Candidates(Type Type, int[] Indices);
}
