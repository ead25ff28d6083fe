#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Whatever takes messages.</summary>
public interface ICanTell
{
    /// <summary>Puts the message into the receiver's mailbox and returns at once; never waits for the
    /// receiver.</summary>
    /// <param name="message">Not null; must not be changed afterwards.</param>
    /// <param name="sender">Who is answered; null makes it the system's dead letters.</param>
    /// <exception cref="ArgumentNullException">The message is null.</exception>
    void Tell(object message, IActorRef sender);
}

/// <summary>Handle of one incarnation of an actor: it stays valid when the actor has stopped, and is then a dead
/// letter box.
/// Two references are equal if path and incarnation are.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>Where the actor stands in the tree.</summary>
    ActorPath Path { get; }
}
