using JoChat.Link;

namespace JoChat.Cluster;

/// <summary>What the two ends of a link tell each other by Akka.Remote.</summary>
internal static class LinkWire
{
    /// <summary>Any of it; link.conf binds it to the <see cref="LinkSerializer"/>.</summary>
    internal abstract record LinkSignal;

    /// <summary>A gateway asks for a link. Answered by <see cref="Welcome"/>.</summary>
    internal sealed record Hello : LinkSignal;

    /// <summary>The sender is the writer's end of a new link.</summary>
    /// <param name="Name">The link.</param>
    /// <param name="HashKinds">How the passwords in the store are hashed.</param>
    internal sealed record Welcome(LinkName Name, IReadOnlyList<string> HashKinds) : LinkSignal;

    /// <summary>A frame of a <see cref="LinkEnd"/>.</summary>
    internal sealed record Frame(byte[] Bytes) : LinkSignal;

    /// <summary>The sender's end is broken, so that the other end need not wait for its silence.</summary>
    internal sealed record Farewell(LinkName Name) : LinkSignal;
}
