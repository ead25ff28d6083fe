using System.Net;
using System.Net.Sockets;

namespace JoChat.Testing;

/// <summary>A way to a server on which bytes take their time.</summary>
public sealed class SlowRelay : IAsyncDisposable
{
    private const int SmallBuffer = 4096;

    private readonly Func<TimeSpan, CancellationToken, Task> _take;
    private readonly int _bytesPerSecond;
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;

    /// <summary>With the time of a clock that stands still otherwise: so many bytes on their way to the server move it on
    /// by a second.</summary>
    public SlowRelay(TestClock time, int bytesPerSecond, int port)
        : this(bytesPerSecond, port, (span, _) =>
        {
            time.Advance(span);
            return Task.CompletedTask;
        })
    {
    }

    /// <summary>With real time, for a process of which the clock cannot be given.</summary>
    public SlowRelay(int bytesPerSecond, int port)
        : this(bytesPerSecond, port, Task.Delay)
    {
    }

    private SlowRelay(int bytesPerSecond, int port, Func<TimeSpan, CancellationToken, Task> take)
    {
        (_take, _bytesPerSecond, _port) = (take, bytesPerSecond, port);
        _listener.Server.ReceiveBufferSize = SmallBuffer; // or it would hide how slow it is
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _running;
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        var relaying = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_closing.Token);
                Connections++;
                relaying.Add(RelayAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relaying);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = SmallBuffer,
        };
        await far.ConnectAsync(IPAddress.Loopback, _port, _closing.Token);
        await Task.WhenAll(MoveAsync(near, far, isSlow: true), MoveAsync(far, near, isSlow: false));
    }

    private async Task MoveAsync(Socket from, Socket to, bool isSlow)
    {
        var bytes = new byte[_bytesPerSecond];
        try
        {
            while (await from.ReceiveAsync(bytes, _closing.Token) is > 0 and var count)
            {
                if (isSlow) { await _take(TimeSpan.FromSeconds((double)count / _bytesPerSecond), _closing.Token); }
                await to.SendAsync(bytes.AsMemory(0, count), _closing.Token);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
