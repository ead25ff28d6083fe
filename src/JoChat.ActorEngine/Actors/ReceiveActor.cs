#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>An actor that registers a handler for each type of message, in its constructor and in what it gives to
/// <see cref="Become(Action)"/>. The first handler that matches wins; a handler takes subclasses too.</summary>
public abstract class ReceiveActor : UntypedActor
{
    // A thread builds one table after the other, so one builder a thread is enough; nested ones are rare.
    [ThreadStatic]
    private static HandlerTableBuilder _spareBuilder;

    private HandlerTableBuilder _builder;
    private HandlerTable _initial;

    /// <summary>Handlers may be registered from here to the end of the constructor.</summary>
    protected ReceiveActor() => _builder = TakeBuilder();

    /// <summary>Replaces the current behaviour.</summary>
    /// <param name="configure">Registers the handlers of the behaviour from the next message on.</param>
    protected void Become(Action configure) => Cell.Become(Configure(configure));

    /// <summary>Puts a behaviour on top of the current one.</summary>
    /// <param name="configure">Registers the handlers of the behaviour from the next message on.</param>
    protected void BecomeStacked(Action configure) => Cell.BecomeStacked(Configure(configure));

    /// <summary>Handles messages of a type.</summary>
    /// <typeparam name="T">The type; subclasses are taken too.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Whether it wants this message; null for all.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null)
    {
        if (shouldHandle is null) { Add(ActionKind<T>.Instance, handler); }
        else { Add(GuardedKind<T>.Instance, new GuardedKind<T>.Guarded(shouldHandle, handler)); }
    }

    /// <summary>Handles messages of a type.</summary>
    /// <typeparam name="T">The type; subclasses are taken too.</typeparam>
    /// <param name="shouldHandle">Whether the handler wants this message; null for all.</param>
    /// <param name="handler">The handler.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of a type.</summary>
    /// <typeparam name="T">The type; subclasses are taken too.</typeparam>
    /// <param name="handler">Returns false to leave the message to the handlers after it.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void Receive<T>(Func<T, bool> handler) => Add(FuncKind<T>.Instance, handler);

    /// <summary>Handles messages of a type.</summary>
    /// <param name="messageType">The type; subclasses are taken too.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="shouldHandle">Whether it wants this message; null for all.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, message =>
        {
            if (shouldHandle?.Invoke(message) == false) { return false; }
            handler(message);
            return true;
        });

    /// <summary>Handles messages of a type.</summary>
    /// <param name="messageType">The type; subclasses are taken too.</param>
    /// <param name="shouldHandle">Whether the handler wants this message; null for all.</param>
    /// <param name="handler">The handler.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>Handles messages of a type.</summary>
    /// <param name="messageType">The type; subclasses are taken too.</param>
    /// <param name="handler">Returns false to leave the message to the handlers after it.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(HandlerShape.KindOf(messageType), handler);

    /// <summary>Handles whatever no handler before took. No handler may follow.</summary>
    /// <param name="handler">The handler.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    /// <summary>Handles messages of a type asynchronously: no other message is handled until the task is done.
    /// After each
    /// await the actor's context is as before it; do not use <c>ConfigureAwait(false)</c>.</summary>
    /// <typeparam name="T">The type; subclasses are taken too.</typeparam>
    /// <param name="handler">Its failure is the actor's failure.</param>
    /// <param name="shouldHandle">Whether it wants this message; null for all.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null)
    {
        if (shouldHandle is null) { Add(AsyncKind<T>.Instance, handler); }
        else { Add(GuardedAsyncKind<T>.Instance, new GuardedAsyncKind<T>.Guarded(shouldHandle, handler)); }
    }

    /// <summary>Handles messages of a type asynchronously, as
    /// <see cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>.</summary>
    /// <typeparam name="T">The type; subclasses are taken too.</typeparam>
    /// <param name="shouldHandle">Whether the handler wants this message; null for all.</param>
    /// <param name="handler">Its failure is the actor's failure.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    /// <summary>Handles whatever no handler before took, asynchronously. No handler may follow.</summary>
    /// <param name="handler">Its failure is the actor's failure.</param>
    /// <exception cref="InvalidOperationException">Called after the constructor, or after a handler for
    /// everything.</exception>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_initial.Handle(Cell, message)) { Unhandled(message); }
    }

    internal override bool ReceiveInitially(object message) => _initial.Handle(Cell, message);

    internal override void Constructed()
    {
        _initial = _builder.Build();
        ReturnBuilder();
    }

    private void Add(HandlerKind kind, object handler)
    {
        if (_builder is null)
        {
            throw new InvalidOperationException(
                "Handlers can be registered in the constructor and in the action given to Become only.");
        }

        _builder.Add(kind, handler, this);
    }

    private HandlerTable Configure(Action configure)
    {
        var outer = _builder;
        _builder = TakeBuilder();
        try
        {
            configure();
            return _builder.Build();
        }
        finally
        {
            ReturnBuilder();
            _builder = outer;
        }
    }

    private static HandlerTableBuilder TakeBuilder()
    {
        var builder = _spareBuilder ?? new HandlerTableBuilder();
        _spareBuilder = null;
        return builder;
    }

    // Emptied, because a configuring action that throws leaves handlers in it.
    private void ReturnBuilder()
    {
        _builder.Clear();
        _spareBuilder = _builder;
        _builder = null;
    }
}
