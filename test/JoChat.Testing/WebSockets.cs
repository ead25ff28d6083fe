using System.Net.WebSockets;
using System.Text;

namespace JoChat.Testing;

/// <summary>What tests do with a WebSocket.</summary>
public static class WebSockets
{
    /// <summary>Connects to a gateway's <c>/ws</c>. If it refuses, <see cref="ClientWebSocket.HttpStatusCode"/> says
    /// why.</summary>
    public static async Task<ClientWebSocket> ConnectAsync(
        int httpPort, string? origin = null, string? cookie = null, string scheme = "ws")
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == shown?.Issuer;
        if (origin is not null) { socket.Options.SetRequestHeader("Origin", origin); }
        if (cookie is not null) { socket.Options.SetRequestHeader("Cookie", cookie); }
        try
        {
            await socket.ConnectAsync(new Uri($"{scheme}://127.0.0.1:{httpPort}/ws"), default);
        }
        catch (WebSocketException) { }
        return socket;
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
        var body = new MemoryStream();
        var part = new byte[4096];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(part, default).OrFail();
            body.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return (received.MessageType, body.ToArray());
    }
}
