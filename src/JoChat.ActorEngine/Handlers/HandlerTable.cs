namespace JoChat.ActorEngine;

/// <summary>The handlers of one behaviour of a <see cref="ReceiveActor"/>: the first that matches wins.</summary>
internal sealed class HandlerTable(HandlerShape shape, object[] handlers) : Behavior
{
    // Most messages are of the same type as the one before.
    private HandlerShape.Candidates? _latest;

    public override bool Handle(ActorCell cell, object message)
    {
        var candidates = _latest;
        if (candidates?.Type != message.GetType())
        {
            _latest = candidates = shape.CandidatesFor(message.GetType());
        }

        return shape.Handle(cell, candidates, handlers, message);
    }
}

/// <summary>Collects handlers while a constructor or a configuring action runs.</summary>
internal sealed class HandlerTableBuilder
{
    private readonly List<object> _handlers = [];
    private HandlerShape _shape = HandlerShape.Empty;

    /// <exception cref="InvalidOperationException">A handler before takes everything.</exception>
    public void Add(HandlerKind kind, object handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (_shape.TakesEverything)
        {
            throw new InvalidOperationException(
                $"A handler that takes everything was added before; no handler for {kind.MessageType} may follow.");
        }

        _shape = _shape.With(kind);
        _handlers.Add(handler);
    }

    public HandlerTable Build() => new(_shape, [.. _handlers]);

    /// <summary>Makes it ready for the next table.</summary>
    public void Clear()
    {
        _handlers.Clear();
        _shape = HandlerShape.Empty;
    }
}
