using System.Net.Sockets;
using System.Net.WebSockets;

namespace JoChat.Gateway;

/// <summary>What a transport throws when a connection is over.</summary>
internal static class ConnectionFault
{
    /// <summary>Whether it is the network's or the peer's doing, or our own closing: reset (<see cref="IOException"/>),
    /// timed out or unreachable (<see cref="SocketException"/>), aborted (<see cref="OperationCanceledException"/>),
    /// or not as a WebSocket has to be (<see cref="WebSocketException"/>).</summary>
    public static bool IsExpected(Exception fault) =>
        fault is IOException or SocketException or WebSocketException
            or OperationCanceledException or ObjectDisposedException;
}
