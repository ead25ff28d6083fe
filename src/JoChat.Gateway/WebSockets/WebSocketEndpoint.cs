using System.Net.WebSockets;

namespace JoChat.Gateway;

/// <summary><c>/ws</c>: a text message is one JSON body, a binary message one binary body. The first message tells
/// which of the two the connection speaks.</summary>
internal sealed partial class WebSocketEndpoint(
    RequestPump sessions, GatewayOptions options, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<WebSocketEndpoint> logger)
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
        else if (!origins.Allows(context.Request.Headers.Origin, context.Request.Host.Value))
        {
            await HttpPort.AnswerAsync(context, StatusCodes.Status403Forbidden,
                "Pages of this origin may not connect (jochat.http.allowed-origins).");
        }
        else
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await ServeAsync(socket, context);
        }
    }

    private async Task ServeAsync(WebSocket socket, HttpContext context)
    {
        var input = new WebSocketInput(socket, options.MaxFrameBytes);
        var receiving = input.ReceiveAllAsync();
        var last = await WaitForFirstAsync(input, context) switch
        {
            WebSocketMessageType.Text => await ServeAsync(WebSocketMessageType.Text, FramedFormat.Json),
            WebSocketMessageType.Binary => await ServeAsync(WebSocketMessageType.Binary, FramedFormat.Binary),
            _ => ReadStatus.Incomplete,
        };

        await input.Frames.CompleteAsync(); // what still comes is dropped
        await CloseAsync(socket, last);
        if (await Task.WhenAny(receiving, Task.Delay(LongestFarewell, time)) != receiving) { context.Abort(); }
        await receiving;

        Task<ReadStatus> ServeAsync(WebSocketMessageType kind, WireFormat format) => sessions.ServeAsync(
            new DuplexPipe(input.Frames, new WebSocketOutput(socket, kind)), format, context.Abort,
            lifetime.ApplicationStopping);
    }

    private async Task<WebSocketMessageType> WaitForFirstAsync(WebSocketInput input, HttpContext context)
    {
        try
        {
            return await input.FirstKind.WaitAsync(options.HandshakeTimeout, time, lifetime.ApplicationStopping);
        }
        catch (TimeoutException)
        {
            Log.SaidNothing(logger, context.Connection.Id, options.HandshakeTimeout);
        }
        catch (OperationCanceledException) { } // the server stops
        return WebSocketMessageType.Close;
    }

    private async Task CloseAsync(WebSocket socket, ReadStatus last)
    {
        var reason = last is ReadStatus.Broken ? WebSocketCloseStatus.MessageTooBig
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
