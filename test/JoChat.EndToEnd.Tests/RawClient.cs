using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>A client that knows nothing but the wire: frames of JSON text over a socket, as an original
/// client.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;

    private RawClient(TcpClient socket) => (_socket, _stream) = (socket, socket.GetStream());

    /// <summary>Connects.</summary>
    /// <param name="port">The gateway's port.</param>
    /// <param name="receiveBuffer">How much may arrive before it is read, in bytes; 0 leaves it to the system.</param>
    public static async Task<RawClient> ConnectAsync(int port, int receiveBuffer = 0)
    {
        var socket = new TcpClient();
        if (receiveBuffer > 0) { socket.ReceiveBufferSize = receiveBuffer; }
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(socket);
    }

    public static byte[] Frame(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }

    public static string Request(string type, object? data = null) =>
        JsonSerializer.Serialize(new { msg_type = type, data = data ?? new { } });

    public async Task SendBytesAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    public Task SendAsync(string json) => SendBytesAsync(Frame(json));

    /// <summary>The next response or event as text; null if the server closed the connection.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(GatewayProcess.Patience);
        var header = new byte[4];
        if (await _stream.ReadAtLeastAsync(header, 4, throwOnEndOfStream: false, patience.Token) < 4) { return null; }
        var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(header)];
        await _stream.ReadExactlyAsync(body, patience.Token);
        return Encoding.UTF8.GetString(body);
    }

    public async Task<string?> AskAsync(string json)
    {
        await SendAsync(json);
        return await ReceiveAsync();
    }

    public async Task<JsonNode> AskAsync(string type, object? data) =>
        JsonNode.Parse((await AskAsync(Request(type, data)))!)!["data"]!;

    public async Task SignUpAsync(string user)
    {
        var answer = await AskAsync("signup", new { username = user, password = "pw-" + user });
        Assert.Equal("ok", (string?)answer["status"]);
    }

    public async Task<int> LogInAsync(string user)
    {
        var answer = await AskAsync("login", new { username = user, password = "pw-" + user });
        Assert.Equal("ok", (string?)answer["status"]);
        return (int)answer["unread_count"]!;
    }

    /// <summary>A connection logged in as a new account.</summary>
    public static async Task<RawClient> EnterAsync(int port, string user)
    {
        var client = await ConnectAsync(port);
        await client.SignUpAsync(user);
        await client.LogInAsync(user);
        return client;
    }

    /// <summary>Ends its sending half, as a client that has asked everything.</summary>
    public void EndInput() => _socket.Client.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
