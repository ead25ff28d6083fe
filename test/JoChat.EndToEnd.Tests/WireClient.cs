using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>A client that asks one thing after the other, over any of the protocols.</summary>
internal abstract class WireClient : IDisposable
{
    private readonly Queue<ServerEvent> _events = new();

    /// <summary>Connects. The way is a form, and perhaps what is around it: "json", "binary inside TLS", "json on
    /// WebSocket" and so on.</summary>
    public static async Task<WireClient> ConnectAsync(string way, int port, int httpPort)
    {
        var form = way.Split(' ')[0];
        if (way.EndsWith(" on WebSocket", StringComparison.Ordinal))
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{httpPort}/ws"), default);
            return new MessageClient(form, socket);
        }
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", port);
        var plain = tcp.GetStream();
        if (!way.EndsWith(" inside TLS", StringComparison.Ordinal)) { return new StreamClient(form, plain); }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=jochat-test",
        });
        return new StreamClient(form, tls);
    }

    /// <summary>Asks and waits for the answer. Events that come before it are kept for
    /// <see cref="NextEventAsync"/>.</summary>
    public async Task<Response> AskAsync(Request request)
    {
        await TellAsync(request);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message is Response answer) { return answer; }
            _events.Enqueue((ServerEvent)message);
        }
    }

    /// <summary>Sends what has no answer.</summary>
    public async Task TellAsync(Request request)
    {
        using var patience = new CancellationTokenSource(GatewayProcess.Patience);
        await SendAsync(request, patience.Token);
    }

    /// <summary>The next event. Nothing else may come before it.</summary>
    public async Task<ServerEvent> NextEventAsync() =>
        _events.TryDequeue(out var kept) ? kept : Assert.IsAssignableFrom<ServerEvent>(await ReceiveAsync());

    public abstract void Dispose();

    private async Task<ServerMessage> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(GatewayProcess.Patience);
        return await ReceiveAsync(patience.Token);
    }

    protected abstract Task SendAsync(Request request, CancellationToken cancellation);

    protected abstract Task<ServerMessage> ReceiveAsync(CancellationToken cancellation);

    private sealed class StreamClient(string form, Stream stream) : WireClient
    {
        private readonly PipeReader _input = PipeReader.Create(stream);

        public override void Dispose() => stream.Dispose();

        protected override async Task SendAsync(Request request, CancellationToken cancellation)
        {
            var bytes = new ArrayBufferWriter<byte>();
            switch (form)
            {
                case "json": JsonCodec.WriteRequest(request, bytes); break;
                case "binary": BinaryCodec.WriteRequest(request, bytes); break;
                default: BareWriter.WriteRequest(request, bytes); break;
            }
            await stream.WriteAsync(bytes.WrittenMemory, cancellation);
        }

        protected override async Task<ServerMessage> ReceiveAsync(CancellationToken cancellation)
        {
            while (true)
            {
                var read = await _input.ReadAsync(cancellation);
                var rest = read.Buffer;
                var message = Take(ref rest);
                _input.AdvanceTo(rest.Start, message is null ? rest.End : rest.Start);
                if (message is not null) { return message; }
                Assert.False(read.IsCompleted, "The server closed the connection.");
            }
        }

        private ServerMessage? Take(ref ReadOnlySequence<byte> buffer)
        {
            const int Longest = 16 * 1024 * 1024;
            if (form == "bare")
            {
                BareReader.ReadResponse(ref buffer, Longest, out var response);
                return response;
            }
            if (FrameReader.Read(ref buffer, Longest, out var body) is not FrameStatus.Complete) { return null; }
            return form == "json" ? JsonCodec.DecodeMessage(body) : BinaryCodec.DecodeMessage(body);
        }
    }

    private sealed class MessageClient(string form, ClientWebSocket socket) : WireClient
    {
        public override void Dispose() => socket.Dispose();

        protected override async Task SendAsync(Request request, CancellationToken cancellation)
        {
            var frame = new ArrayBufferWriter<byte>();
            var kind = form == "json" ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            if (form == "json") { JsonCodec.WriteRequest(request, frame); }
            else { BinaryCodec.WriteRequest(request, frame); }
            await socket.SendAsync(
                frame.WrittenMemory[FrameReader.HeaderSize..], kind, endOfMessage: true, cancellation);
        }

        protected override async Task<ServerMessage> ReceiveAsync(CancellationToken cancellation)
        {
            var body = new byte[64 * 1024];
            var received = await socket.ReceiveAsync(body.AsMemory(), cancellation);
            Assert.True(received.EndOfMessage);
            var bytes = new ReadOnlySequence<byte>(body, 0, received.Count);
            return (form == "json" ? JsonCodec.DecodeMessage(bytes) : BinaryCodec.DecodeMessage(bytes))!;
        }
    }
}
