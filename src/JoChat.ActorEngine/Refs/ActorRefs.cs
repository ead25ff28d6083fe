#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>The references that stand for no actor.</summary>
public static class ActorRefs
{
    /// <summary>Says "there is no sender".</summary>
    public static readonly IActorRef NoSender;

    /// <summary>The reference that reaches no one; what it is told is lost without a trace.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;
}

/// <summary>Telling without naming a sender.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Tells with the actor that is running on this thread as the sender; outside of actors with
    /// none.</summary>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current?.Self);

    /// <summary>Passes a message on with the sender it came from. Only inside an actor.</summary>
    /// <param name="receiver">Who is told.</param>
    /// <param name="message">Not null.</param>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current?.Sender);
}

/// <summary>Questions about references.</summary>
public static class ActorRefExtensions
{
    /// <summary>Whether the reference is null or <see cref="ActorRefs.Nobody"/>.</summary>
    /// <param name="actorRef">May be null.</param>
    public static bool IsNobody(this IActorRef actorRef) => actorRef is null or Nobody or NobodyRef;
}
