using Akka.Actor;
using Akka.Event;

namespace JoChat.Testing;

/// <summary>Keeps what is logged as an error. It takes it at once, without a mailbox, and so without changing the
/// order of the actors' turns.</summary>
internal sealed class FaultRecorder(ActorSystem system) : MinimalActorRef
{
    private readonly Queue<Error> _faults = [];

    public override ActorPath Path { get; } = system.DeadLetters.Path.Root / "faults";

    public override IActorRefProvider Provider => ((ExtendedActorSystem)system).Provider;

    public Error? TakeFirst()
    {
        lock (_faults) { return _faults.TryDequeue(out var first) ? first : null; }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        lock (_faults) { _faults.Enqueue((Error)message); }
    }
}
