using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using JoChat.Actors;
using JoChat.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace JoChat.Gateway;

/// <summary>Serves the connections of the chat port, on which every protocol is spoken. The first bytes of a connection
/// tell which; inside TLS the first bytes tell again.</summary>
internal sealed partial class ChatConnectionHandler(
    RequestPump pump, Changeable<GatewayOptions> options, TimeProvider time, ILogger<ChatConnectionHandler> logger)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    /// <summary>Serves a connection to its end.</summary>
    /// <param name="connection">The connection; nothing of it is read yet.</param>
    /// <param name="tls">Does the TLS handshake, then calls <see cref="ServeInsideTlsAsync"/>; null if there is no
    /// certificate.</param>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate? tls)
    {
        var spoken = await BeginAsync(connection, tls);
        if (spoken is WireProtocol.Tls) { return; }
        await AnswerAsync(connection, spoken);
        await EndAsync(connection, spoken);
    }

    /// <summary>Serves the inside of a connection whose TLS handshake is done.</summary>
    public async Task ServeInsideTlsAsync(ConnectionContext connection)
    {
        var handshake = connection.Features.Get<Handshake>()!; // ServeAsync put it there
        var spoken = await DetectAsync(connection, handshake);
        if (spoken is not WireProtocol.Undecided) { handshake.Finish(); }
        await AnswerAsync(connection, spoken);
        await EndAsync(connection, spoken);
    }

    // A method of its own, so that its state is freed before the connection is served. TLS is served in here.
    private async Task<WireProtocol> BeginAsync(ConnectionContext connection, ConnectionDelegate? tls)
    {
        using var handshake = new Handshake(options.Value.HandshakeTimeout, time, Stopping(connection));
        var spoken = await DetectAsync(connection, handshake);
        if (spoken is WireProtocol.Tls) { await ServeTlsAsync(connection, handshake, tls); }
        if (spoken is WireProtocol.Tls or WireProtocol.Undecided && handshake.IsExpired)
        {
            Log.SaidNothing(logger, connection.ConnectionId, connection.RemoteEndPoint, options.Value.HandshakeTimeout);
        }
        return spoken;
    }

    private async Task ServeTlsAsync(ConnectionContext connection, Handshake handshake, ConnectionDelegate? tls)
    {
        if (tls is null)
        {
            await RequestPump.DiscardAsync(connection.Transport.Input, handshake.GivenUp);
            return;
        }
        connection.Features.Set(handshake);
        await using var cut = handshake.GivenUp.Register(() => CutUnlessFinished(connection, handshake));
        try
        {
            await tls(connection);
        }
        catch (NotSupportedException) when (!handshake.IsFinished)
        {
            // What SslStream says of a hello that it cannot read: it has not asked for the certificate yet.
        }
        if (!handshake.IsFinished && !handshake.IsExpired) { Log.TlsFailed(logger, connection.ConnectionId); }
    }

    private static async Task EndAsync(ConnectionContext connection, WireProtocol spoken)
    {
        await SayItIsOverAsync(connection);
        if (spoken is WireProtocol.Undecided) { return; }
        // A socket closed with unread bytes is reset, and a reset may overtake what says why it was closed.
        await RequestPump.DiscardAsync(connection.Transport.Input, LongestFarewell);
    }

    private Task AnswerAsync(ConnectionContext connection, WireProtocol spoken)
    {
        switch (spoken)
        {
            case WireProtocol.Json: return AnswerAsync(connection, Framing.FramedJson);
            case WireProtocol.Binary: return AnswerAsync(connection, Framing.FramedBinary);
            case WireProtocol.Bare: return AnswerAsync(connection, Framing.Bare);
            case WireProtocol.Http: return AnswerHttpAsync(connection.Transport.Output);
            case WireProtocol.Undecided: return Task.CompletedTask;
            default: // among them TLS inside TLS
                Log.SpeaksUnknown(logger, connection.ConnectionId, connection.RemoteEndPoint);
                return Task.CompletedTask;
        }
    }

    private Task AnswerAsync(ConnectionContext connection, Framing framing)
    {
        var transport = new StreamTransport(connection, framing, options.Value.RequestTimeout, time);
        return options.Value.RequiresTls && connection.Features.Get<ISslStreamFeature>() is null
            ? pump.RefuseAsync(transport, "This server speaks only TLS (jochat.gateway.tls.required).")
            : pump.ServeAsync(transport, Stopping(connection));
    }

    // Consumes nothing: who serves the connection reads from its first byte. Undecided: the client, the time or the
    // server came to an end.
    private static async Task<WireProtocol> DetectAsync(ConnectionContext connection, Handshake handshake)
    {
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(handshake.GivenUp);
                var start = read.Buffer.Start;
                var spoken = ProtocolDetector.Detect(read.Buffer);
                var isDecided = spoken is not WireProtocol.Undecided;
                input.AdvanceTo(start, isDecided ? start : read.Buffer.End);
                if (isDecided || read.IsCompleted) { return spoken; }
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            return WireProtocol.Undecided;
        }
    }

    private async Task AnswerHttpAsync(PipeWriter output)
    {
        using var enough = new CancellationTokenSource(LongestFarewell);
        try
        {
            await output.WriteAsync(PlainHttpAnswer.Write(options.Value), enough.Token);
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)) { } // nobody waits for it
    }

    // Inside TLS in its own words, so that the client can tell the end from a connection that was cut.
    private static async Task SayItIsOverAsync(ConnectionContext connection)
    {
        try
        {
            if (connection.Features.Get<ISslStreamFeature>() is { SslStream: var tls })
            {
                await tls.ShutdownAsync().WaitAsync(LongestFarewell);
            }
            else
            {
                connection.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)
            || fault is TimeoutException or InvalidOperationException or CryptographicException)
        { } // it is cut already, or the client broke the rules of TLS
    }

    private static void CutUnlessFinished(ConnectionContext connection, Handshake handshake)
    {
        if (!handshake.IsFinished) { connection.Abort(); }
    }

    private static CancellationToken Stopping(ConnectionContext connection) =>
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
}
