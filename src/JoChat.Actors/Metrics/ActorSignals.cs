using Akka.Event;

namespace JoChat.Actors;

/// <summary>Counts what Akka tells of messages that found nobody, and of actors that failed.</summary>
internal sealed class ActorSignals : ReceiveActor
{
    public ActorSignals(ActorMetrics metrics)
    {
        Receive<DeadLetter>(_ => metrics.NoteDeadLetter());
        // A supervisor tells of each child that it stops or restarts for a fault.
        Receive<Error>(error =>
        {
            if (error.Cause is not null) { metrics.NoteFailure(); }
        });
    }
}
