using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>A server that the test plays, and clients of it; all are closed when the test is over.</summary>
public abstract class ClientTestKit : IAsyncLifetime
{
    private readonly List<(JoChatClient Client, ScriptedPeer Peer)> _connected = [];

    private protected ScriptedServer Server { get; } = new();

    private protected TestClock Time { get; } = new();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var (client, peer) in _connected)
        {
            peer.Dispose();
            await client.DisposeAsync();
        }
        Server.Dispose();
    }

    /// <summary>Connects a client and gives both ends.</summary>
    private protected async Task<(JoChatClient Client, ScriptedPeer Peer)> ConnectAsync(
        JoChatClientOptions? options = null)
    {
        var client = await JoChatClient.ConnectAsync(options ?? Server.Options());
        return Keep(client, await Server.AcceptAsync());
    }

    /// <summary>Connects a client and greets it, as a server with all features if not as another.</summary>
    private protected async Task<(JoChatClient Client, ScriptedPeer Peer)> GreetAsync(
        JoChatClientOptions? options = null, Welcome? welcome = null)
    {
        var connecting = JoChatClient.ConnectAsync(options ?? Server.FullOptions());
        var peer = await Server.WelcomeAsync(welcome);
        return Keep(await connecting.OrFail(), peer);
    }

    /// <summary>Connects a client on which ada is logged in.</summary>
    private protected async Task<(JoChatClient Client, ScriptedPeer Peer)> LogInAsync(
        JoChatClientOptions? options = null, Welcome? welcome = null)
    {
        var (client, peer) = await GreetAsync(options, welcome);
        var logIn = client.LogInAsync("ada", Sessions.Password);
        await peer.AnswerAsync<LogIn>(new LoggedIn(0, Sessions.Token));
        await logIn.OrFail();
        return (client, peer);
    }

    /// <summary>Has the server answer something, so that it is known to be one.</summary>
    private protected static async Task ConverseAsync(JoChatClient client, ScriptedPeer peer)
    {
        var count = client.CountUnreadAsync();
        await peer.AnswerAsync<CountUnread>(new UnreadCounted(0));
        await count.OrFail();
    }

    private (JoChatClient Client, ScriptedPeer Peer) Keep(JoChatClient client, ScriptedPeer peer)
    {
        _connected.Add((client, peer));
        return (client, peer);
    }
}
