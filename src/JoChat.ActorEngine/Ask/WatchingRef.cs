namespace JoChat.ActorEngine;

/// <summary>Watches one actor from outside of actors.</summary>
internal sealed class WatchingRef(LocalActorSystem system) : InternalActorRef
{
    private readonly TaskCompletionSource _death = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ActorPath Path { get; } = system.NextTemporaryPath();

    public override LocalActorSystem System => system;

    public Task Death => _death.Task;

    public override void Tell(object message, IActorRef? sender) => system.DeadLetterBox.Publish(message, sender, this);

    public override void SendSystem(SystemMessage message)
    {
        if (message is DeathWatchNotification) { _death.TrySetResult(); }
    }
}
