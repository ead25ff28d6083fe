using System.Reflection;
using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine;

/// <summary>Handlers that are methods of the actor itself, as most are: a lambda that uses nothing but the actor's
/// fields is one too. What is kept is the method, once for the class, and not a delegate of 64 bytes for each
/// actor.</summary>
internal static class MethodKind
{
    /// <param name="kind">The open generic class of the kind.</param>
    /// <param name="actor">The actor's class.</param>
    /// <param name="message">The type of message.</param>
    /// <param name="method">The method.</param>
    public static HandlerKind Make(Type kind, Type actor, Type message, MethodInfo method) =>
        (HandlerKind)Activator.CreateInstance(kind.MakeGenericType(actor, message), method)!;
}

/// <summary>A method that takes the message.</summary>
internal sealed class ActionMethodKind<TActor, T>(MethodInfo method)
    : HandlerKind(typeof(T), typeof(T) == typeof(object)) where TActor : ActorBase
{
    private readonly Action<TActor, T> _method = method.CreateDelegate<Action<TActor, T>>();

    public override bool Handle(ActorCell cell, object handler, object message)
    {
        _method(Unsafe.As<TActor>(handler), (T)message);
        return true;
    }
}

/// <summary>A method that says whether it wanted the message.</summary>
internal sealed class FuncMethodKind<TActor, T>(MethodInfo method)
    : HandlerKind(typeof(T), takesEverything: false) where TActor : ActorBase
{
    private readonly Func<TActor, T, bool> _method = method.CreateDelegate<Func<TActor, T, bool>>();

    public override bool Handle(ActorCell cell, object handler, object message) =>
        _method(Unsafe.As<TActor>(handler), (T)message);
}

/// <summary>An asynchronous method.</summary>
internal sealed class AsyncMethodKind<TActor, T>(MethodInfo method)
    : HandlerKind(typeof(T), typeof(T) == typeof(object)) where TActor : ActorBase
{
    private readonly Func<TActor, T, Task> _method = method.CreateDelegate<Func<TActor, T, Task>>();

    public override bool Handle(ActorCell cell, object handler, object message)
    {
        cell.RunTask(_method, Unsafe.As<TActor>(handler), (T)message);
        return true;
    }
}
