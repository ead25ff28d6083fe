using System.Net.WebSockets;
using JoChat.Actors;
using JoChat.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace JoChat.Gateway;

/// <summary><c>/ws</c>: a text message is one JSON body, a binary message one binary body. The first message tells
/// which of the two the connection speaks.</summary>
internal sealed partial class WebSocketEndpoint(
    RequestPump pump, Changeable<GatewayOptions> options, Changeable<ChatOptions> chat,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WebSocketEndpoint> logger)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    /// <summary>Answers one HTTP request; for a WebSocket that lasts until the connection ends.</summary>
    public async Task ServeAsync(HttpContext context, OriginCheck origins)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await HttpPort.AnswerAsync(
                context, StatusCodes.Status426UpgradeRequired, "This path takes WebSockets only.");
        }
        else if (!origins.Allows(context.Request))
        {
            await OriginCheck.RefuseAsync(context);
        }
        else if (!context.Features.GetRequiredFeature<Admission>().TryMoveTo(
            PeerAddress.Of(context.Connection.RemoteIpAddress)))
        {
            await HttpPort.AnswerAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Too many connections are open.");
        }
        else
        {
            var cookie = SessionCookie.Read(context.Request);
            if (cookie is { } token) { await RenewAsync(token, context); }
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await ServeAsync(socket, cookie, context);
        }
    }

    // The next token comes with the answer to the upgrade, where no script sees it. It does not matter if it is lost:
    // the one that was shown is good until the next one is.
    private async Task RenewAsync(Secret token, HttpContext context)
    {
        var renewal = new OneRequestTransport(
            new RenewToken(token), PeerAddress.Of(context.Connection.RemoteIpAddress), context.RequestAborted);
        await pump.ServeAsync(renewal, lifetime.ApplicationStopping);
        if (renewal.Answer is TokenRenewed renewed) { SessionCookie.Set(context, renewed.Token, chat.Value.Sessions.ResumeExpiry); }
    }

    private async Task ServeAsync(WebSocket socket, Secret? cookie, HttpContext context)
    {
        var transport = new WebSocketTransport(
            socket, cookie, context.Features.GetRequiredFeature<Admission>(),
            options.Value.RequestTimeout, time);
        if (await HasBegunAsync(transport, context))
        {
            await pump.ServeAsync(transport, lifetime.ApplicationStopping);
        }

        var discarding = transport.DiscardAsync();
        await CloseAsync(socket, transport.IsTooLong);
        if (await Task.WhenAny(discarding, Task.Delay(LongestFarewell, time)) != discarding) { context.Abort(); }
        await discarding;
    }

    private async Task<bool> HasBegunAsync(WebSocketTransport transport, HttpContext context)
    {
        try
        {
            return await transport.BeginAsync(options.Value.HandshakeTimeout, time, lifetime.ApplicationStopping);
        }
        catch (TimeoutException)
        {
            Log.SaidNothing(logger, context.Connection.Id, options.Value.HandshakeTimeout);
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)) { } // it is gone, or the server stops
        return false;
    }

    private async Task CloseAsync(WebSocket socket, bool isTooLong)
    {
        var reason = isTooLong ? WebSocketCloseStatus.MessageTooBig
            : lifetime.ApplicationStopping.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable
            : WebSocketCloseStatus.NormalClosure;
        try
        {
            using var enough = new CancellationTokenSource(LongestFarewell, time);
            await socket.CloseOutputAsync(reason, null, enough.Token);
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault)) { } // it is gone
    }

    private static partial class Log
    {
        [LoggerMessage(4021, LogLevel.Debug,
            "WebSocket {ConnectionId} closed: it said nothing within {Timeout}")]
        public static partial void SaidNothing(ILogger logger, string connectionId, TimeSpan timeout);
    }
}
