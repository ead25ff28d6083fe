using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using JoChat.Protocol;

namespace JoChat.Testing;

/// <summary>A client without a will of its own: it sends what a test says, in any form and on any way into the server,
/// and receives what comes next.</summary>
public sealed class RawClient : IDisposable
{
    private readonly string _form;
    private readonly Socket? _tcp;
    private readonly Stream? _stream;
    private readonly ClientWebSocket? _webSocket;
    private readonly Queue<ServerEvent> _events = new();
    private ReadOnlySequence<byte> _bare;

    private RawClient(string form, Socket tcp, Stream stream) => (_form, _tcp, _stream) = (form, tcp, stream);

    private RawClient(string form, ClientWebSocket socket) => (_form, _webSocket) = (form, socket);

    /// <summary>Whether an event came before an answer, and was not taken yet.</summary>
    public bool HasEvents => _events.Count > 0;

    /// <summary>Connects to speak JSON frames.</summary>
    /// <param name="port">The gateway's port.</param>
    /// <param name="receiveBuffer">How much may arrive before it is read, in bytes; 0 leaves it to the system.</param>
    /// <param name="from">Where the client is: an address of this machine; null for the usual one.</param>
    public static async Task<RawClient> ConnectAsync(int port, int receiveBuffer = 0, string? from = null)
    {
        var tcp = await ConnectSocketAsync(port, receiveBuffer, from);
        return new RawClient("json", tcp, new NetworkStream(tcp, ownsSocket: true));
    }

    /// <summary>Connects. The way is a form, and perhaps what is around it: "json", "binary inside TLS", "json on
    /// WebSocket" and so on; a server with TLS has it on both ports.</summary>
    public static async Task<RawClient> ConnectAsync(string way, int port, int httpPort)
    {
        var form = way.Split(' ')[0];
        if (way.EndsWith(" on WebSocket", StringComparison.Ordinal))
        {
            return new RawClient(form, await WebSockets.ConnectAsync(httpPort, scheme: "wss"));
        }
        var tcp = await ConnectSocketAsync(port, receiveBuffer: 0);
        var plain = new NetworkStream(tcp, ownsSocket: true);
        return new RawClient(
            form, tcp, way.EndsWith(" inside TLS", StringComparison.Ordinal) ? await OpenTlsAsync(plain) : plain);
    }

    /// <summary>Does the handshake as a client that takes a self-signed certificate.</summary>
    public static async Task<SslStream> OpenTlsAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == shown?.Issuer,
        });
        return tls;
    }

    /// <summary>A connection logged in as a new account.</summary>
    public static async Task<RawClient> EnterAsync(int port, string user)
    {
        var client = await ConnectAsync(port);
        await client.SignUpAsync(user);
        await client.LogInAsync(user);
        return client;
    }

    public async Task SendBytesAsync(byte[] bytes) => await _stream!.WriteAsync(bytes);

    public Task SendAsync(string json) => SendBytesAsync(Wire.Frame(json));

    /// <summary>The next response or event as text; null if the server closed the connection.</summary>
    public Task<string?> ReceiveAsync() => _stream!.ReadJsonAsync();

    public async Task<string?> AskAsync(string json)
    {
        await SendAsync(json);
        return await ReceiveAsync();
    }

    public async Task<JsonNode> AskAsync(string type, object? data) =>
        JsonNode.Parse((await AskAsync(Wire.Request(type, data)))!)!["data"]!;

    public async Task SignUpAsync(string user)
    {
        AssertOk(await AskAsync("signup", new { username = user, password = "pw-" + user }));
    }

    /// <summary>Has a message stored.</summary>
    public async Task SendMessageAsync(string sender, string recipient, string content)
    {
        AssertOk(await AskAsync("send_message", new { sender, recipient, content }));
    }

    public async Task<int> LogInAsync(string user)
    {
        var answer = await AskAsync("login", new { username = user, password = "pw-" + user });
        AssertOk(answer);
        return (int)answer["unread_count"]!;
    }

    /// <summary>Asks and waits for the answer. Events that come before it are kept for <see cref="NextEventAsync"/>.
    /// </summary>
    public async Task<Response> AskAsync(Request request)
    {
        await TellAsync(request);
        while (true)
        {
            var message = await NextMessageAsync();
            if (message is Response answer) { return answer; }
            _events.Enqueue((ServerEvent)message);
        }
    }

    /// <summary>Sends a request and waits for nothing.</summary>
    public async Task TellAsync(Request request)
    {
        var bytes = new ArrayBufferWriter<byte>();
        switch (_form)
        {
            case "json": JsonCodec.WriteRequest(request, bytes); break;
            case "binary": BinaryCodec.WriteRequest(request, bytes); break;
            default: BareWriter.WriteRequest(request, bytes); break;
        }
        if (_webSocket is null)
        {
            await _stream!.WriteAsync(bytes.WrittenMemory).AsTask().OrFail();
            return;
        }
        var kind = _form == "json" ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        var body = bytes.WrittenMemory[FrameReader.HeaderSize..];
        await _webSocket.SendAsync(body, kind, endOfMessage: true, default).AsTask().OrFail();
    }

    /// <summary>The next event. Nothing else may come before it.</summary>
    public async Task<ServerEvent> NextEventAsync() =>
        _events.TryDequeue(out var kept) ? kept : Assert.IsAssignableFrom<ServerEvent>(await NextMessageAsync());

    /// <summary>Ends its sending half, as a client that has asked everything.</summary>
    public void EndInput() => _tcp!.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _stream?.Dispose();
        _webSocket?.Dispose();
    }

    private static void AssertOk(JsonNode answer) =>
        Assert.True((string?)answer["status"] == "ok", answer.ToJsonString());

    private static async Task<Socket> ConnectSocketAsync(int port, int receiveBuffer, string? from = null)
    {
        var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (from is not null) { tcp.Bind(new IPEndPoint(IPAddress.Parse(from), 0)); }
        if (receiveBuffer > 0) { tcp.ReceiveBufferSize = receiveBuffer; }
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        return tcp;
    }

    private async Task<ServerMessage> NextMessageAsync()
    {
        if (_form == "bare") { return await NextBareAsync(); }
        var body = _webSocket is null
            ? await _stream!.ReadFrameAsync() : (await _webSocket.ReceiveMessageAsync()).Body;
        Assert.NotNull(body); // or the server closed the connection
        var bytes = new ReadOnlySequence<byte>(body);
        return (_form == "json" ? JsonCodec.DecodeMessage(bytes) : BinaryCodec.DecodeMessage(bytes))!;
    }

    private async Task<ServerMessage> NextBareAsync()
    {
        while (true)
        {
            BareReader.ReadResponse(ref _bare, Limits.DefaultMaxFrameBytes, out var response);
            if (response is not null) { return response; }
            var more = new byte[4096];
            var count = await _stream!.ReadAsync(more).AsTask().OrFail();
            Assert.NotEqual(0, count);
            _bare = new ReadOnlySequence<byte>([.. _bare.ToArray(), .. more.AsSpan(0, count)]);
        }
    }
}
