using System.Net;
using System.Net.Sockets;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>A way to a server on which everything of the connections that are open can be lost, in one direction, as on a
/// network that is gone: nobody is told.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _running = [];
    private volatile Cut _cut = new(Requests: false, Answers: false);

    public CuttingRelay(int port)
    {
        _port = port;
        _listener.Start();
        _running.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on nothing of the open connections reaches the server.</summary>
    public void LoseRequests() => Lose(new Cut(Requests: true, Answers: true));

    /// <summary>From now on nothing that the server answers on the open connections arrives.</summary>
    public void LoseAnswers() => Lose(new Cut(Requests: false, Answers: true));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_running);
    }

    private void Lose(Cut cut)
    {
        var open = _cut;
        _cut = new Cut(Requests: false, Answers: false); // what is opened later works
        (open.Requests, open.Answers) = (cut.Requests, cut.Answers);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) { _running.Add(RelayAsync(await _listener.AcceptSocketAsync(_closing.Token), _cut)); }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task RelayAsync(Socket client, Cut cut)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, _port);
        await Task.WhenAny(CopyAsync(near, far, () => cut.Requests), CopyAsync(far, near, () => cut.Answers));
    }

    private async Task CopyAsync(Socket from, Socket to, Func<bool> isLost)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer, _closing.Token) is > 0 and var count)
            {
                if (!isLost()) { await to.SendAsync(buffer.AsMemory(0, count), _closing.Token); }
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private sealed class Cut(bool Requests, bool Answers)
    {
        public volatile bool Requests = Requests, Answers = Answers;
    }
}
