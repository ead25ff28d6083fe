using System.Reflection;
using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine;

/// <summary>Tells whether a handler is a method of the actor that registers it, and which.</summary>
internal static class HandlerMethods
{
    // Two delegates for the same method have the same pointer. Nothing public tells it as cheaply: Delegate.Method
    // looks the method up, which costs more than making the actor. A runtime without the field does without.
    private static readonly bool IsPointerKnown =
        typeof(Delegate).GetField("_methodPtr", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    /// <returns>What tells the method from the actor's others; 0 if the handler is none of its methods.</returns>
    public static nint Identify(object handler, ActorBase actor) =>
        IsPointerKnown && handler is Delegate { HasSingleTarget: true } known && ReferenceEquals(known.Target, actor)
            ? PointerOf(known)
            : 0;

    /// <returns>The kind that calls the method on whichever actor of the class; null if the handler must be
    /// held.</returns>
    public static HandlerKind? KindOf(HandlerKind kind, Type actor, Delegate handler)
    {
        var method = handler.Method;
        // Called on the actor, a virtual method of a base class may be an override of it. A handler made from base.X
        // means the method of the base class nevertheless.
        return method.IsVirtual && method.DeclaringType != actor ? null : kind.OfMethod(actor, method);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtr")]
    private static extern ref nint PointerOf(Delegate handler);
}
