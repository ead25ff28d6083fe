using System.Collections.Concurrent;

namespace JoChat.ActorEngine;

/// <summary>The kinds of a behaviour's handlers in their order, and which of them are candidates for a type of message.
/// Shared by all behaviours that register the same; there are as many as the program has ways to do so.</summary>
internal sealed class HandlerShape
{
    private static readonly ConcurrentDictionary<Type, RuntimeTypeKind> RuntimeKinds = new();

    private readonly ConcurrentDictionary<Step, Extension> _extensions = new();
    private readonly Entry[] _entries;

    // Most shapes are extended in one way only.
    private Extension? _latest;

    // Replaced as a whole when a type comes for the first time, so that looking up needs no lock.
    private Dictionary<Type, Candidates> _candidates = [];

    private HandlerShape(Entry[] entries, int held)
    {
        _entries = entries;
        Held = held;
        SharedTable = held == 0 ? new HandlerTable(this, []) : null;
    }

    /// <summary>The shape without handlers.</summary>
    public static HandlerShape Empty { get; } = new([], held: 0);

    /// <summary>How many handlers a table of this shape holds; the others are methods of the actor.</summary>
    public int Held { get; }

    /// <summary>The one table of this shape, if it holds nothing.</summary>
    public HandlerTable? SharedTable { get; }

    public bool TakesEverything => _entries is [.., var last] && last.Kind.TakesEverything;

    public static RuntimeTypeKind KindOf(Type messageType) =>
        RuntimeKinds.GetOrAdd(messageType, static type => new RuntimeTypeKind(type));

    /// <summary>This shape with one more handler at its end, which is held or is a method of the actor.</summary>
    public HandlerShape With(HandlerKind kind, object handler, ActorBase actor)
    {
        var method = HandlerMethods.Identify(handler, actor);
        var step = new Step(kind, method, method == 0 ? null : actor.GetType());
        var extension = _latest;
        if (extension?.Step != step)
        {
            extension = _extensions.GetOrAdd(step, static (added, args) => args.Shape.Extend(added, args.Handler),
                (Shape: this, Handler: handler));
            _latest = extension;
        }

        return extension.Shape;
    }

    /// <summary>Which handlers take messages of that type.</summary>
    public Candidates CandidatesFor(Type type) =>
        Volatile.Read(ref _candidates).TryGetValue(type, out var known) ? known : Learn(type);

    private Extension Extend(Step step, object handler)
    {
        var method = step.Actor is { } actor ? HandlerMethods.KindOf(step.Kind, actor, (Delegate)handler) : null;
        var longer = method is null
            ? new HandlerShape([.. _entries, new Entry(step.Kind, Held)], Held + 1)
            : new HandlerShape([.. _entries, new Entry(method, Entry.OfActor)], Held);
        return new Extension(step, longer);
    }

    private Candidates Learn(Type type)
    {
        var fitting = _entries.Where(entry => entry.Kind.MessageType.IsAssignableFrom(type));
        var found = new Candidates(this, type, [.. fitting]);
        while (true)
        {
            var known = Volatile.Read(ref _candidates);
            var more = new Dictionary<Type, Candidates>(known) { [type] = found };
            if (ReferenceEquals(Interlocked.CompareExchange(ref _candidates, more, known), known)) { return found; }
        }
    }

    /// <summary>The handlers that take messages of a type, in their order.</summary>
    public sealed record Candidates(HandlerShape Shape, Type Type, Entry[] Entries);

    /// <summary>A handler.</summary>
    /// <param name="Kind">How it is called.</param>
    /// <param name="Place">Where a table holds it, or <see cref="OfActor"/>.</param>
    public readonly record struct Entry(HandlerKind Kind, int Place)
    {
        public const int OfActor = -1;
    }

    // The method is told by a pointer, and belongs to the class beside it; both are nothing for a held handler.
    private readonly record struct Step(HandlerKind Kind, nint Method, Type? Actor);

    private sealed record Extension(Step Step, HandlerShape Shape);
}
