using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>What the server announced in its answer to <c>hello</c>.</summary>
/// <param name="Features">The features in force on this connection.</param>
/// <param name="MaxFrameBytes">Longest body it takes, in bytes.</param>
/// <param name="WindowMessages">Most unacknowledged messages it pushes; 0 if unknown.</param>
internal sealed record ServerCapabilities(Features Features, int MaxFrameBytes, int WindowMessages)
{
    /// <summary>A server that does not know <c>hello</c>, or was not asked.</summary>
    public static ServerCapabilities Original { get; } =
        new(Features.None, Limits.DefaultMaxFrameBytes, WindowMessages: 0);

    /// <summary>Whether logins are those of side sessions.</summary>
    public bool IsSide => Features.HasFlag(Features.Side);

    /// <summary>Whether it expects acks, or does without them in side sessions. Such a server also has resume tokens,
    /// take-over and client ids: they were introduced together, and side sessions after them.</summary>
    public bool IsReliable => IsSide || Features.HasFlag(Features.Ack);
}
