using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace JoChat.Gateway;

/// <summary>TCP keep-alive: finds out within about two minutes that a silent peer is gone, so that a half-dead
/// connection does not keep its account logged in.</summary>
internal static class KeepAlive
{
    private const int IdleSeconds = 60, IntervalSeconds = 15, Probes = 4;

    /// <summary>Turns it on before <paramref name="next"/> serves a connection.</summary>
    public static ConnectionDelegate Enable(ConnectionDelegate next) => connection =>
    {
        Enable(connection);
        return next(connection);
    };

    private static void Enable(ConnectionContext connection)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        if (socket is null) { return; }
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        }
        catch (SocketException) { } // already reset; reading it will say so
        catch (ObjectDisposedException) { } // the same
    }
}
