namespace JoChat.ActorEngine;

internal sealed class NobodyRef : InternalActorRef
{
    public static readonly NobodyRef Instance = new();

    private NobodyRef() => Path = new RootActorPath(new Address("akka", "all-systems")) / "Nobody";

    public override ActorPath Path { get; }

    public override LocalActorSystem System => throw new NotSupportedException("Nobody belongs to no actor system.");

    public override void Tell(object message, IActorRef? sender)
    {
    }

    public override void SendSystem(SystemMessage message)
    {
    }
}
