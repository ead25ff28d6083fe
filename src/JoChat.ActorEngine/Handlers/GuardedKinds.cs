using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine;

/// <summary>An <see cref="Action{T}"/> behind a condition.</summary>
internal sealed class GuardedKind<T>() : HandlerKind(typeof(T), takesEverything: false)
{
    public static readonly GuardedKind<T> Instance = new();

    public override bool Handle(ActorCell cell, object handler, object message)
    {
        var guarded = Unsafe.As<Guarded>(handler);
        var typed = (T)message;
        if (!guarded.When(typed)) { return false; }
        guarded.Then(typed);
        return true;
    }

    public sealed record Guarded(Predicate<T> When, Action<T> Then);
}

/// <summary>An asynchronous handler behind a condition.</summary>
internal sealed class GuardedAsyncKind<T>() : HandlerKind(typeof(T), takesEverything: false)
{
    public static readonly GuardedAsyncKind<T> Instance = new();

    public override bool Handle(ActorCell cell, object handler, object message)
    {
        var guarded = Unsafe.As<Guarded>(handler);
        var typed = (T)message;
        if (!guarded.When(typed)) { return false; }
        cell.RunTask(guarded.Then, typed);
        return true;
    }

    public sealed record Guarded(Predicate<T> When, Func<T, Task> Then);
}
