using System.Net;
using System.Net.Sockets;
using JoChat.Actors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace JoChat.Gateway;

/// <summary>Listens for the web server. Who connects too fast is closed before anything is made for the connection, which
/// Kestrel's own listener makes first (bench/README.md).</summary>
internal sealed class ListenerFactory(Changeable<GatewayOptions> options, ConnectionLimit limit, ILoggerFactory loggers)
    : IConnectionListenerFactory, IDisposable
{
    // The system has a limit of its own below that (net.core.somaxconn). Who finds the queue full tries again after
    // 1 s, then 2 s, then 4 s: many would when all clients come back at once.
    private const int MostWaitingToBeAccepted = 65_535;

    private readonly SocketConnectionContextFactory _connections = new(
        new SocketConnectionFactoryOptions
        {
            MaxWriteBufferSize = 1, // see StreamTransport
            // What a read brings is decoded and told by the thread that read it, where three would follow each other.
            UnsafePreferInlineScheduling = true,
        },
        loggers.CreateLogger<SocketConnectionContextFactory>());

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.Listen(MostWaitingToBeAccepted);
            return ValueTask.FromResult<IConnectionListener>(new Listener(socket, this));
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(fault.Message, fault); // as Kestrel's own
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    // Null if its address opens connections too fast.
    private ConnectionContext? Admit(Socket socket)
    {
        var address = (socket.RemoteEndPoint as IPEndPoint)?.Address;
        if (!options.Value.Proxies.Include(address) && !limit.MayOpen(PeerAddress.Of(address)))
        {
            socket.Close(0); // by a reset: nothing of it stays
            return null;
        }
        socket.NoDelay = true;
        return _connections.Create(socket);
    }

    private sealed class Listener(Socket socket, ListenerFactory factory) : IConnectionListener
    {
        public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

        // Null when the socket is closed.
        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    var accepted = await socket.AcceptAsync(cancellationToken);
                    if (factory.Admit(accepted) is { } connection) { return connection; }
                }
                catch (ObjectDisposedException)
                {
                    return null;
                }
                catch (SocketException fault) when (fault.SocketErrorCode is SocketError.OperationAborted)
                {
                    return null;
                }
                catch (SocketException) { } // the client was gone before it was accepted
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => DisposeAsync();

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
