using System.Net;
using System.Net.Sockets;

namespace JoChat.Load.Torture;

/// <summary>The way of the nodes to PostgreSQL: it can be slow, break off in the middle, and lead to another one.</summary>
internal sealed class DatabaseRelay : IAsyncDisposable
{
    private const int ChunksPerCut = 40;
    private readonly TcpListener _listener;
    private readonly Func<int> _target;
    private readonly Action _noteCut;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private long _delay; // ms
    private volatile bool _cuts;

    /// <param name="host">Where nodes find it.</param>
    /// <param name="target">The port of PostgreSQL, on 127.0.0.1, for a connection that begins.</param>
    /// <param name="noteCut">Is told of each connection that was cut.</param>
    public DatabaseRelay(IPAddress host, Func<int> target, Action noteCut)
    {
        (_target, _noteCut) = (target, noteCut);
        _listener = new TcpListener(host, 0);
        _listener.Start();
        _running = RunAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>How late each part of what is sent comes, in each direction, one after the other.</summary>
    public TimeSpan Delay { set => Volatile.Write(ref _delay, (long)value.TotalMilliseconds); }

    /// <summary>Whether connections break now and then, within a request or an answer: the other side has it or not.</summary>
    public bool Cuts { set => _cuts = value; }

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
                relaying.RemoveAll(one => one.IsCompleted);
                relaying.Add(RelayAsync(await _listener.AcceptSocketAsync(_closing.Token)));
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
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target(), _closing.Token);
            await Task.WhenAny(MoveAsync(near, far), MoveAsync(far, near)); // the end of one is that of both
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException)
        {
            // PostgreSQL is away, or the run is over.
        }
    }

    private async Task MoveAsync(Socket from, Socket to)
    {
        var bytes = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(bytes, _closing.Token) is > 0 and var count)
            {
                var delay = Volatile.Read(ref _delay);
                if (delay > 0) { await Task.Delay((int)delay, _closing.Token); }
                var isCut = _cuts && Random.Shared.Next(ChunksPerCut) == 0;
                await to.SendAsync(bytes.AsMemory(0, isCut ? Random.Shared.Next(count) : count), _closing.Token);
                if (!isCut) { continue; }
                _noteCut();
                return;
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has ended.
        }
    }
}
