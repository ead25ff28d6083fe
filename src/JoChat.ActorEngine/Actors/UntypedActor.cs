#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>An actor that takes every message in one method and decides there what is unhandled.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>What the running actor sees of the engine.</summary>
    /// <exception cref="NotSupportedException">No actor is running on this thread.</exception>
    protected static new IUntypedActorContext Context => ActorCell.RequireCurrent();

    /// <summary>Replaces the current behaviour.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    protected void Become(UntypedReceive receive) => Cell.Become(receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    protected void BecomeStacked(UntypedReceive receive) => Cell.BecomeStacked(receive);

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Handles one message in the initial behaviour.</summary>
    /// <param name="message">What was told.</param>
    protected abstract void OnReceive(object message);

    /// <summary>Runs a handler under the actor's scheduler, at once.</summary>
    /// <param name="action">The handler.</param>
    protected void RunTask(Action action) => Cell.RunTask(
        static run =>
        {
            run();
            return Task.CompletedTask;
        },
        action);

    /// <summary>Runs an asynchronous handler under the actor's scheduler: up to its first await at once, and no other
    /// message is handled until its task is done.</summary>
    /// <param name="action">The handler; its failure is the actor's failure.</param>
    protected void RunTask(Func<Task> action) => Cell.RunTask(static run => run(), action);
}
