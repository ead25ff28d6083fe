using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace JoChat.Load;

/// <summary>A client with a blocking socket, to time single requests.</summary>
internal sealed class BlockingClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveTimeout = (int)TimeSpan.FromMinutes(1).TotalMilliseconds,
    };

    private readonly byte[] _header = new byte[4];

    public BlockingClient(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>How long the last answer took, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Elapsed { get; private set; }

    /// <summary>Asks.</summary>
    /// <returns>The answer's <c>data</c>.</returns>
    /// <exception cref="LoadFailedException">It was refused.</exception>
    public JsonElement Ask(byte[] frame)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(AskForText(frame)).GetProperty("data");
        return data.GetProperty("status").GetString() == "ok"
            ? data
            : throw new LoadFailedException($"refused: {data.GetRawText()}");
    }

    /// <summary>Asks.</summary>
    /// <returns>The whole answer as text, be it a refusal.</returns>
    public string AskForText(byte[] frame)
    {
        var began = Stopwatch.GetTimestamp();
        _socket.Send(frame);
        Receive(_header);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(_header)];
        Receive(body);
        Elapsed = Stopwatch.GetTimestamp() - began;
        return Encoding.UTF8.GetString(body);
    }

    public void Dispose() => _socket.Dispose();

    private void Receive(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = _socket.Receive(bytes);
            if (count == 0) { throw new LoadFailedException("closed by the server"); }
            bytes = bytes[count..];
        }
    }
}
