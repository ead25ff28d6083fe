using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>The chat's connection. It reconnects before the login: a server closes a connection on which nobody logs in
/// for some time, as when people look for their password.</summary>
internal sealed class ChatConnection : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<JoChatClient>> _connect;

    private ChatConnection(Func<CancellationToken, Task<JoChatClient>> connect, JoChatClient client) =>
        (_connect, Client) = (connect, client);

    /// <summary>The client of the current connection.</summary>
    public JoChatClient Client { get; private set; }

    /// <summary>Connects.</summary>
    /// <param name="connect">Makes a connection.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JoChatException">As from <see cref="JoChatClient.ConnectAsync"/>.</exception>
    public static async Task<ChatConnection> OpenAsync(
        Func<CancellationToken, Task<JoChatClient>> connect, CancellationToken cancellation) =>
        new(connect, await connect(cancellation));

    /// <summary>Runs a request that needs no login; if the connection is lost, reconnects and runs it once more.
    /// </summary>
    /// <exception cref="JoChatException">It failed on a new connection too.</exception>
    public async Task<T> DoAsync<T>(Func<JoChatClient, Task<T>> what, CancellationToken cancellation)
    {
        try
        {
            return await what(Client);
        }
        catch (ConnectionLostException)
        {
            await Client.DisposeAsync();
            Client = await _connect(cancellation);
            return await what(Client);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
