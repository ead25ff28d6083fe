using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace JoChat.Load;

/// <summary>One connection of an attacker. It cares for no answer.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly byte[] _header = new byte[4];
    private readonly CancellationToken _cancellation;
    private readonly TcpClient _client;

    private Attacker(TcpClient client, string name, CancellationToken cancellation) =>
        (_client, Name, _cancellation) = (client, name, cancellation);

    /// <summary>The account it has, or guesses at.</summary>
    public string Name { get; }

    public static async Task<Attacker> ConnectAsync(int port, string name, CancellationToken cancellation)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return new Attacker(client, name, cancellation);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Logs in to its account.</summary>
    public Task LogInAsync() => AskAsync(Requests.Resume(SeededAccounts.TokenOf(Name)));

    public Task SendAsync(ReadOnlyMemory<byte> bytes) => _client.GetStream().WriteAsync(bytes, _cancellation).AsTask();

    /// <summary>Sends a request and drops the next answer.</summary>
    public async Task AskAsync(byte[] frame)
    {
        await SendAsync(frame);
        await DropAnswerAsync();
    }

    /// <summary>Sends the same request again and again, so many at a time, and drops the answers.</summary>
    public async Task FloodAsync(byte[] frame, int atOnce)
    {
        byte[] frames = [.. Enumerable.Repeat(frame, atOnce).SelectMany(each => each)];
        while (true)
        {
            await SendAsync(frames);
            for (var i = 0; i < atOnce; i++) { await DropAnswerAsync(); }
        }
    }

    /// <summary>Waits, so that a connection stays open.</summary>
    public Task WaitAsync(TimeSpan time) => Task.Delay(time, _cancellation);

    public void Dispose() => _client.Dispose();

    private async Task DropAnswerAsync()
    {
        var stream = _client.GetStream();
        await stream.ReadExactlyAsync(_header, _cancellation);
        var left = BinaryPrimitives.ReadInt32BigEndian(_header);
        var rest = new byte[Math.Min(left, 64 * 1024)];
        while (left > 0)
        {
            var part = rest.AsMemory(0, Math.Min(left, rest.Length));
            await stream.ReadExactlyAsync(part, _cancellation);
            left -= part.Length;
        }
    }
}
