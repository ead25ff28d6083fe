using System.Reflection;
using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine;

/// <summary>How a handler of one message type is called. One instance for each form and type in the process, so that
/// the list of an actor's kinds is its shape, shared by all actors that register the same.</summary>
internal abstract class HandlerKind(Type messageType, bool takesEverything)
{
    public Type MessageType { get; } = messageType;

    /// <summary>Whether no later handler can ever get a message.</summary>
    public bool TakesEverything { get; } = takesEverything;

    /// <param name="cell">The actor.</param>
    /// <param name="handler">What was registered under this kind.</param>
    /// <param name="message">Of <see cref="MessageType"/>.</param>
    /// <returns>False if the handler does not want the message.</returns>
    public abstract bool Handle(ActorCell cell, object handler, object message);

    /// <summary>The same for a method of the actor itself: its <see cref="Handle"/> takes the actor in place of the
    /// handler.</summary>
    /// <param name="actor">The class of the actor.</param>
    /// <param name="method">The method that the handler stands for.</param>
    /// <returns>Null if handlers of this kind are no plain methods.</returns>
    public virtual HandlerKind? OfMethod(Type actor, MethodInfo method) => null;
}

/// <summary>An <see cref="Action{T}"/>.</summary>
internal sealed class ActionKind<T>() : HandlerKind(typeof(T), typeof(T) == typeof(object))
{
    public static readonly ActionKind<T> Instance = new();

    public override bool Handle(ActorCell cell, object handler, object message)
    {
        Unsafe.As<Action<T>>(handler)((T)message);
        return true;
    }

    public override HandlerKind OfMethod(Type actor, MethodInfo method) =>
        MethodKind.Make(typeof(ActionMethodKind<,>), actor, MessageType, method);
}

/// <summary>A <see cref="Func{T, Boolean}"/>.</summary>
internal sealed class FuncKind<T>() : HandlerKind(typeof(T), takesEverything: false)
{
    public static readonly FuncKind<T> Instance = new();

    public override bool Handle(ActorCell cell, object handler, object message) =>
        Unsafe.As<Func<T, bool>>(handler)((T)message);

    public override HandlerKind OfMethod(Type actor, MethodInfo method) =>
        MethodKind.Make(typeof(FuncMethodKind<,>), actor, MessageType, method);
}

/// <summary>An asynchronous handler.</summary>
internal sealed class AsyncKind<T>() : HandlerKind(typeof(T), typeof(T) == typeof(object))
{
    public static readonly AsyncKind<T> Instance = new();

    public override bool Handle(ActorCell cell, object handler, object message)
    {
        cell.RunTask(Unsafe.As<Func<T, Task>>(handler), (T)message);
        return true;
    }

    public override HandlerKind OfMethod(Type actor, MethodInfo method) =>
        MethodKind.Make(typeof(AsyncMethodKind<,>), actor, MessageType, method);
}

/// <summary>A <see cref="Func{Object, Boolean}"/> for a type that is known at run time only.</summary>
internal sealed class RuntimeTypeKind(Type messageType) : HandlerKind(messageType, takesEverything: false)
{
    public override bool Handle(ActorCell cell, object handler, object message) =>
        Unsafe.As<Func<object, bool>>(handler)(message);
}
