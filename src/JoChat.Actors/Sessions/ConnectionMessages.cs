using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Told by a connection to its session: a request, as it was read.</summary>
/// <param name="Request">The request.</param>
/// <param name="Bytes">Its size, ≥ 0: what it takes of the requests that a connection reads ahead.</param>
public sealed record ClientRequest(Request Request, int Bytes)
{
    /// <summary>When it was read, as its connection counts time; 0 if how long it takes is not measured.</summary>
    public uint ReadAt { get; init; }
}

/// <summary>Told by a connection to its session when there will be no more requests. What came before is still done and
/// answered.</summary>
public sealed class InputEnded
{
    /// <summary>The client closed its side; it may still read.</summary>
    public static InputEnded Instance { get; } = new(reason: null);

    /// <summary>The connection is cut.</summary>
    public static InputEnded Cut { get; } = new(reason: null) { IsCut = true };

    /// <summary>The server is stopping, and reads no more. A client that said <c>hello</c> is told so.</summary>
    public static InputEnded ByServer { get; } = new(SessionCloseReason.ServerStopping);

    private InputEnded(SessionCloseReason? reason) => Reason = reason;

    internal SessionCloseReason? Reason { get; }

    internal bool IsCut { get; private init; }
}

/// <summary>Told by a connection to its session after a write to the socket, if the write held an event, or if
/// <see cref="IClientConnection.HasRoom"/> has become true again.</summary>
/// <param name="LastEvent">The newest event that is now written, and with it all earlier ones; null if there was
/// none.</param>
public sealed record OutputWritten(ServerEvent? LastEvent) : INotInfluenceReceiveTimeout;
