using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>What the server of a connection has said of itself.</summary>
/// <param name="Features">What the connection has.</param>
/// <param name="MaxFrameBytes">Longest body it takes, in bytes.</param>
/// <param name="WindowMessages">Most messages it pushes before one is acknowledged; 0 if it did not say.</param>
internal sealed record Server(Features Features, int MaxFrameBytes, int WindowMessages)
{
    /// <summary>One that knows no <c>hello</c>, or was not asked.</summary>
    public static Server Original { get; } = new(Features.None, Limits.DefaultMaxFrameBytes, WindowMessages: 0);

    /// <summary>Whether it waits for acknowledgements. Such a server also has resume tokens, take-over and client ids:
    /// all of them came at once.</summary>
    public bool IsReliable => Features.HasFlag(Features.Ack);
}
