using System.Net;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>A real TCP server on loopback whose every move a test makes.</summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A client that asks for nothing beyond the original protocol.</summary>
    public JoChatClientOptions Options => new() { Port = Port, Features = Features.None };

    /// <summary>Whether a client knocks that is not let in yet.</summary>
    public bool IsKnockedAt => _listener.Pending();

    public async Task<ScriptedPeer> AcceptAsync() => new(await AcceptStreamAsync());

    public async Task<Stream> AcceptStreamAsync() =>
        new NetworkStream(await _listener.AcceptSocketAsync().OrFail(), ownsSocket: true);

    /// <summary>Connects a client and gives both ends.</summary>
    public async Task<(JoChatClient Client, ScriptedPeer Peer)> ConnectAsync(JoChatClientOptions? options = null)
    {
        var client = await JoChatClient.ConnectAsync(options ?? Options);
        return (client, await AcceptAsync());
    }

    public void Dispose() => _listener.Dispose();
}
