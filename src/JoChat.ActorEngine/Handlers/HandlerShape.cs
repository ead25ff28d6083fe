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
    private Dictionary<Type, int[]> _candidates = [];

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

    /// <summary>Offers the message to the handlers that take its type, in their order.</summary>
    /// <returns>False if none wanted it.</returns>
    public bool Handle(ActorCell cell, object[] handlers, object message)
    {
        var type = message.GetType();
        if (!Volatile.Read(ref _candidates).TryGetValue(type, out var candidates)) { candidates = Learn(type); }
        foreach (var index in candidates)
        {
            if (_kinds[index].Handle(cell, handlers[index], message)) { return true; }
        }

        return false;
    }

    private int[] Learn(Type type)
    {
        int[] found = [.. Enumerable.Range(0, _kinds.Length).Where(i => _kinds[i].MessageType.IsAssignableFrom(type))];
        while (true)
        {
            var known = Volatile.Read(ref _candidates);
            var more = new Dictionary<Type, int[]>(known) { [type] = found };
            if (ReferenceEquals(Interlocked.CompareExchange(ref _candidates, more, known), known)) { return found; }
        }
    }
}
