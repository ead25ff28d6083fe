using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Told by a connection to its session when the client will send no more: it closed its side, vanished, or the
/// server is stopping. What came before is still done and answered.</summary>
public sealed class InputEnded
{
    /// <summary>The one instance.</summary>
    public static InputEnded Instance { get; } = new();

    private InputEnded() { }
}

/// <summary>Told by a connection to its session after a write to the socket, if the write held an event, or if
/// <see cref="IClientConnection.HasRoom"/> has become true again.</summary>
/// <param name="LastEvent">The newest event that is now written, and with it all earlier ones; null if there was
/// none.</param>
public sealed record OutputWritten(ServerEvent? LastEvent) : INotInfluenceReceiveTimeout;
