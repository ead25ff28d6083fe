#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>An actor: it handles its messages one at a time, and nobody else touches its state.</summary>
/// <remarks>Constructor, <see cref="PreStart"/>, messages, <see cref="PostStop"/>. At a restart
/// <see cref="PreRestart"/> on the old instance, then the constructor and <see cref="PostRestart"/> on the new
/// one.</remarks>
public abstract class ActorBase
{
    private readonly ActorCell _cell;

    /// <summary>Ties the instance to the cell that is making it.</summary>
    /// <exception cref="ActorInitializationException">The actor is made with <c>new</c>, outside of the
    /// engine.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Constructing ?? throw new ActorInitializationException(
            $"You cannot create an instance of {GetType()} with new. Use ActorOf with Props.");
        if (this is IWithTimers timed) { timed.Timers = _cell.GetTimers(); }
    }

    /// <summary>What the running actor sees of the engine.</summary>
    /// <exception cref="NotSupportedException">No actor is running on this thread.</exception>
    protected static IActorContext Context => ActorCell.RequireCurrent();

    /// <summary>The actor's own reference.</summary>
    protected IActorRef Self => _cell.Self;

    /// <summary>Who sent the current message; the system's dead letters if no one did.</summary>
    protected IActorRef Sender => _cell.Sender;

    internal ActorCell Cell => _cell;

    /// <summary>Handles one message in the initial behaviour.</summary>
    /// <param name="message">What was told.</param>
    /// <returns>False leaves the message unhandled.</returns>
    protected abstract bool Receive(object message);

    /// <summary>Called with what no behaviour handled: publishes <see cref="UnhandledMessage"/>.</summary>
    /// <param name="message">What was told.</param>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) { throw new DeathPactException(terminated.ActorRef); }
        _cell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the current behaviour.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    protected void Become(Receive receive) => _cell.Become(receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    /// <summary>Goes back to the behaviour below; at the lowest one does nothing.</summary>
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    /// <summary>Has <see cref="ReceiveTimeout"/> told to the actor whenever it went that long without a
    /// message.</summary>
    /// <param name="timeout">Positive, or null to end it.</param>
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    /// <summary>Called before the first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called last, when all children are gone.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Called on the failed instance before it is replaced: stops all children and calls
    /// <see cref="PostStop"/>.</summary>
    /// <param name="reason">Why the actor is restarted.</param>
    /// <param name="message">What it was handling when it failed; null if nothing.</param>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in _cell.GetChildren())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new instance before it gets messages: calls <see cref="PreStart"/>.</summary>
    /// <param name="reason">Why the actor was restarted.</param>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>What becomes of children that fail; asked anew at each failure.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() =>
        JoChat.ActorEngine.SupervisorStrategy.DefaultStrategy;

    internal virtual bool ReceiveInitially(object message) => Receive(message);

    internal virtual void Constructed()
    {
    }

    internal void CallUnhandled(object message) => Unhandled(message);

    internal void CallPreStart() => PreStart();

    internal void CallPostStop() => PostStop();

    internal void CallPreRestart(Exception reason, object message) => PreRestart(reason, message);

    internal void CallPostRestart(Exception reason) => PostRestart(reason);

    internal SupervisorStrategy GetSupervisorStrategy() => SupervisorStrategy();
}
