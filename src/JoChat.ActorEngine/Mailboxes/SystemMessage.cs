namespace JoChat.ActorEngine;

/// <summary>What the engine tells a cell beside the user's messages. Each instance is sent once.</summary>
internal abstract class SystemMessage
{
    /// <summary>Link within a <see cref="SystemQueue"/>; whoever holds the message owns it.</summary>
    public SystemMessage? Next;
}

/// <summary>To a child: stop.</summary>
internal sealed class Terminate : SystemMessage;

/// <summary>To a child: handle no user message until resumed.</summary>
internal sealed class Suspend : SystemMessage;

/// <summary>To a child: go on. With the failure if it is the child's own that is forgiven.</summary>
internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;
}

/// <summary>To a child: replace your instance.</summary>
internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}

/// <summary>To the parent: I have failed and wait for your verdict.</summary>
internal sealed class Failed(InternalActorRef child, Exception cause) : SystemMessage
{
    public InternalActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    public override string ToString() => $"<Failed>: {Child} ({Cause.GetType()})";
}

/// <summary>To the watched actor.</summary>
internal sealed class Watch(InternalActorRef watchee, InternalActorRef watcher) : SystemMessage
{
    public InternalActorRef Watchee { get; } = watchee;

    public InternalActorRef Watcher { get; } = watcher;
}

/// <summary>To the watched actor: the watch is over.</summary>
internal sealed class Unwatch(InternalActorRef watcher) : SystemMessage
{
    public InternalActorRef Watcher { get; } = watcher;
}

/// <summary>To the parent and the watchers: the actor is gone.</summary>
internal sealed class DeathWatchNotification(InternalActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public InternalActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;
}

/// <summary>To an actor itself: the next piece of its asynchronous handler.</summary>
internal sealed class RunContinuation(SendOrPostCallback continuation, object? state) : SystemMessage
{
    public void Run() => continuation(state);
}
