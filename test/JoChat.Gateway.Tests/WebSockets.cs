using System.Net.WebSockets;
using System.Text;

namespace JoChat.Gateway.Tests;

/// <summary>What tests do with a WebSocket.</summary>
internal static class WebSockets
{
    public static async Task<ClientWebSocket> ConnectAsync(RunningGateway gateway, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) { socket.Options.SetRequestHeader("Origin", origin); }
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.HttpPort}/ws"), default);
            return socket;
        }
        catch (WebSocketException)
        {
            return socket; // HttpStatusCode says why
        }
    }

    public static ValueTask SendTextAsync(this WebSocket socket, string text, bool isWhole = true) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, isWhole, CancellationToken.None);

    /// <summary>The next message; null if the server closed.</summary>
    public static async Task<string?> ReceiveTextAsync(this WebSocket socket)
    {
        var (kind, body) = await socket.ReceiveMessageAsync();
        if (kind is WebSocketMessageType.Close) { return null; }
        Assert.Equal(WebSocketMessageType.Text, kind);
        return Encoding.UTF8.GetString(body);
    }

    public static async Task<(WebSocketMessageType Kind, byte[] Body)> ReceiveMessageAsync(this WebSocket socket)
    {
        using var patience = new CancellationTokenSource(RunningGateway.Patience);
        var body = new MemoryStream();
        var part = new byte[4096];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(part, patience.Token);
            body.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return (received.MessageType, body.ToArray());
    }
}
