#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Whatever actors can be made under.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes an actor and returns its reference at once; its constructor runs later, on its own
    /// dispatcher.</summary>
    /// <param name="props">How to make it.</param>
    /// <param name="name">Unique among the siblings; null lets the engine choose.</param>
    /// <exception cref="InvalidActorNameException">The name is not allowed, or a sibling has it.</exception>
    /// <exception cref="InvalidOperationException">The parent is terminating.</exception>
    /// <exception cref="ConfigurationException">The props ask for a dispatcher that is not configured.</exception>
    IActorRef ActorOf(Props props, string name = null);
}

/// <summary>Short forms of <see cref="IActorRefFactory.ActorOf"/>.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor by its parameterless constructor.</summary>
    /// <typeparam name="TActor">The actor's class.</typeparam>
    /// <param name="factory">The parent.</param>
    /// <param name="name">Unique among the siblings; null lets the engine choose.</param>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);
}

/// <summary>What an actor sees of the engine. To be used by the actor only, while it handles a message.</summary>
public interface IActorContext : IActorRefFactory
{
    /// <summary>The actor's own reference.</summary>
    IActorRef Self { get; }

    /// <summary>Who sent the current message; the system's dead letters if no one did.</summary>
    IActorRef Sender { get; }

    /// <summary>Whose child the actor is, and who supervises it.</summary>
    IActorRef Parent { get; }

    /// <summary>How the actor was made, and will be made again at a restart.</summary>
    Props Props { get; }

    /// <summary>The system the actor lives in.</summary>
    ActorSystem System { get; }

    /// <summary>How long the actor may go without a message; null if it may for ever.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the current behaviour.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    void BecomeStacked(Receive receive);

    /// <summary>Goes back to the behaviour below; at the lowest one does nothing.</summary>
    void UnbecomeStacked();

    /// <summary>The child by that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    /// <param name="name">The child's name.</param>
    IActorRef Child(string name);

    /// <summary>The children at this moment, those that are stopping included.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Has <see cref="JoChat.ActorEngine.ReceiveTimeout"/> told to the actor whenever it went that long
    /// without a
    /// message; null ends it.</summary>
    /// <param name="timeout">Positive, or null.</param>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops an actor after the message it is handling.</summary>
    /// <param name="child">A child, or the actor itself.</param>
    void Stop(IActorRef child);

    /// <summary>Has <see cref="Terminated"/> told to this actor, once, when the subject has stopped.</summary>
    /// <param name="subject">Who is watched.</param>
    /// <returns>The subject.</returns>
    IActorRef Watch(IActorRef subject);

    /// <summary>Has a message of the caller's choice told to this actor, once, when the subject has stopped.</summary>
    /// <param name="subject">Who is watched.</param>
    /// <param name="message">Told instead of <see cref="Terminated"/>.</param>
    /// <returns>The subject.</returns>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Ends a watch; a <see cref="Terminated"/> that is already in the mailbox is dropped.</summary>
    /// <param name="subject">Who was watched.</param>
    /// <returns>The subject.</returns>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an <see cref="UntypedActor"/> sees of the engine.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the current behaviour.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    void Become(UntypedReceive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    /// <param name="receive">The behaviour from the next message on.</param>
    void BecomeStacked(UntypedReceive receive);
}
