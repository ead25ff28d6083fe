namespace JoChat.ActorEngine;

/// <summary>To a guardian: stop that child of yours.</summary>
internal sealed record StopChild(InternalActorRef Child);

/// <summary>The parent of all actors at the top.</summary>
internal sealed class Guardian : ReceiveActor
{
    public Guardian() => Receive<StopChild>(stop => Context.Stop(stop.Child));
}

/// <summary>Unsubscribes from the event stream whoever dies.</summary>
internal sealed class Unsubscriber : ReceiveActor
{
    public Unsubscriber(EventStream stream)
    {
        Receive<IActorRef>(subscriber => Context.Watch(subscriber));
        Receive<Terminated>(terminated => stream.Unsubscribe(terminated.ActorRef));
    }
}

/// <summary>The parent of the guardians. It is no actor: it only hears how they fare.</summary>
internal sealed class RootRef(LocalActorSystem system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path { get; } = path;

    public override LocalActorSystem System { get; } = system;

    public override void Tell(object message, IActorRef? sender) => System.DeadLetterBox.Publish(message, sender, this);

    public override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification death:
                System.GuardianTerminated(death.Actor);
                break;
            case Failed failed:
                System.GuardianFailed(failed.Cause);
                break;
        }
    }
}
