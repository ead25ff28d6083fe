using System.Net.Sockets;

namespace JoChat.Gateway;

/// <summary>What a transport throws when a connection is over.</summary>
internal static class ConnectionFault
{
    /// <summary>Whether it is the network's or the peer's doing, or our own closing: reset (<see cref="IOException"/>),
    /// timed out or unreachable (<see cref="SocketException"/>), aborted (<see cref="OperationCanceledException"/>).
    /// </summary>
    public static bool IsExpected(Exception fault) =>
        fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException;
}
