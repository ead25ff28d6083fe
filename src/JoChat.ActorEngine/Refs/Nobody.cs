#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>The reference that reaches no one.</summary>
public sealed class Nobody : IActorRef, IActorRefProxy
{
    private Nobody()
    {
    }

    /// <summary>The one reference.</summary>
    public static Nobody Instance { get; } = new();

    /// <inheritdoc/>
    public ActorPath Path => NobodyRef.Instance.Path;

    InternalActorRef IActorRefProxy.Target => NobodyRef.Instance;

    /// <inheritdoc/>
    public void Tell(object message, IActorRef sender)
    {
    }

    /// <inheritdoc/>
    public bool Equals(IActorRef other) => NobodyRef.Instance.Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object obj) => NobodyRef.Instance.Equals(obj);

    /// <inheritdoc/>
    public override int GetHashCode() => NobodyRef.Instance.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IActorRef other) => NobodyRef.Instance.CompareTo(other);

    /// <inheritdoc/>
    public int CompareTo(object obj) => NobodyRef.Instance.CompareTo(obj);

    /// <inheritdoc/>
    public override string ToString() => NobodyRef.Instance.ToString();
}
