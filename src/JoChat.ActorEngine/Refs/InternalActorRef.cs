namespace JoChat.ActorEngine;

/// <summary>What the engine itself needs of every reference.</summary>
internal abstract class InternalActorRef : IActorRef
{
    public abstract ActorPath Path { get; }

    public abstract LocalActorSystem System { get; }

    public virtual InternalActorRef Parent => NobodyRef.Instance;

    public abstract void Tell(object message, IActorRef? sender);

    /// <summary>Puts a system message before every message told by <see cref="Tell"/>.</summary>
    public abstract void SendSystem(SystemMessage message);

    public void Stop() => SendSystem(new Terminate());

    /// <summary>The engine's reference behind one that was handed in: a test probe is a reference to its test
    /// actor.</summary>
    public static InternalActorRef Of(IActorRef reference) => reference switch
    {
        InternalActorRef known => known,
        IActorRefProxy proxy => proxy.Target,
        null => throw new ArgumentNullException(nameof(reference)),
        _ => throw new ArgumentException(
            $"{reference.GetType()} is not a reference of this engine.", nameof(reference)),
    };

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public sealed override bool Equals(object? obj) => obj is IActorRef other && Equals(other);

    public sealed override int GetHashCode() => Path.Uid.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        if (other is null) { return 1; }
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => obj is null or IActorRef
        ? CompareTo((IActorRef?)obj)
        : throw new ArgumentException("An actor reference compares with actor references only.", nameof(obj));

    public override string ToString() => $"[{Path}#{Path.Uid}]";
}

/// <summary>A reference that stands for another, as a test probe does for its test actor.</summary>
internal interface IActorRefProxy : IActorRef
{
    InternalActorRef Target { get; }
}
