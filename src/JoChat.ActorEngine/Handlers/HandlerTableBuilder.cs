namespace JoChat.ActorEngine;

/// <summary>Collects handlers while a constructor or a configuring action runs.</summary>
internal sealed class HandlerTableBuilder
{
    private readonly List<object> _held = [];
    private HandlerShape _shape = HandlerShape.Empty;

    /// <exception cref="InvalidOperationException">A handler before takes everything.</exception>
    public void Add(HandlerKind kind, object handler, ActorBase actor)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (_shape.TakesEverything)
        {
            throw new InvalidOperationException(
                $"A handler that takes everything was added before; no handler for {kind.MessageType} may follow.");
        }

        _shape = _shape.With(kind, handler, actor);
        if (_shape.Held > _held.Count) { _held.Add(handler); }
    }

    public HandlerTable Build() => _shape.SharedTable ?? new HandlerTable(_shape, [.. _held]);

    /// <summary>Makes it ready for the next table.</summary>
    public void Clear()
    {
        _held.Clear();
        _shape = HandlerShape.Empty;
    }
}
