using System.Globalization;
using Akka.Actor;
using JoChat.Actors;

namespace JoChat.Cluster;

/// <summary>Stands at the writer for a session of a gateway: what it is told, its <see cref="WriterLink"/> is told. A session
/// has one as long as it lives, so it is compared by reference.</summary>
internal sealed class RemoteSession(IActorRef link, long number)
    : MinimalActorRef, IRemoteSession, IEquatable<IActorRef>
{
    private ActorPath? _path;

    /// <summary>The session's number in the link.</summary>
    public long Number => number;

    /// <summary>The lengths of its commands that are not answered; the link's actor alone touches it.</summary>
    public Queue<int> Unanswered { get; } = new();

    // Seldom asked for, and long.
    public override ActorPath Path => _path ??= link.Path / number.ToString(CultureInfo.InvariantCulture);

    public override IActorRefProvider Provider => ((IInternalActorRef)link).Provider;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => number.GetHashCode();

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => ReferenceEquals(this, other);

    protected override void TellInternal(object message, IActorRef sender) => link.Tell(new Told(this, message), sender);

    /// <summary>The session is told something.</summary>
    internal sealed record Told(RemoteSession Session, object Message);
}
