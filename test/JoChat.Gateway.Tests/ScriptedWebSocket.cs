using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace JoChat.Gateway.Tests;

/// <summary>A server's WebSocket whose client is the test.</summary>
internal sealed class ScriptedWebSocket : WebSocket
{
    private readonly Channel<(WebSocketMessageType Kind, string Text)> _incoming =
        Channel.CreateUnbounded<(WebSocketMessageType, string)>();

    /// <summary>How many messages the client sent that are not received.</summary>
    public int Unreceived => _incoming.Reader.Count;

    /// <summary>The messages sent to the client.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Each send waits for it.</summary>
    public Task MaySend { get; set; } = Task.CompletedTask;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>The client sends a message.</summary>
    public void Receive(string text, WebSocketMessageType kind = WebSocketMessageType.Text) =>
        Assert.True(_incoming.Writer.TryWrite((kind, text)));

    public override async Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        Assert.False(cancellationToken.CanBeCanceled); // it would abort the socket
        var (kind, text) = await _incoming.Reader.ReadAsync(CancellationToken.None);
        return new WebSocketReceiveResult(Encoding.UTF8.GetBytes(text, buffer), kind, endOfMessage: true);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken)
    {
        Assert.True(endOfMessage);
        Sent.Add(Encoding.UTF8.GetString(buffer));
        return MaySend;
    }

    public override void Abort() { }

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override void Dispose() { }
}
