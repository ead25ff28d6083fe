using System.Net;
using System.Net.Sockets;

namespace JoChat.Testing;

/// <summary>A real TCP server on loopback whose every move a test makes.</summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();

    public ScriptedServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether a connection is not accepted yet.</summary>
    public bool HasPendingConnection => _listener.Pending();

    public async Task<ScriptedPeer> AcceptAsync() => new(await AcceptStreamAsync());

    public async Task<Stream> AcceptStreamAsync() =>
        new NetworkStream(await _listener.AcceptSocketAsync(_closing.Token).AsTask().OrFail(), ownsSocket: true);

    /// <summary>Serves one connection after the other, each until it is cut by either side, until the listener is gone.
    /// </summary>
    public async Task ServeAsync(Func<ScriptedPeer, Task> serve)
    {
        while (await TryAcceptAsync() is { } accepted)
        {
            using var peer = accepted;
            try
            {
                await serve(peer);
            }
            catch (Exception cut) when (cut is IOException or ObjectDisposedException) { }
        }
    }

    public void Dispose()
    {
        _closing.Cancel(); // to dispose of the listener alone does not always end an accept that begins just now
        _listener.Dispose();
    }

    private async Task<ScriptedPeer?> TryAcceptAsync()
    {
        try
        {
            return await AcceptAsync();
        }
        catch (Exception end) when (end is SocketException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }
}
