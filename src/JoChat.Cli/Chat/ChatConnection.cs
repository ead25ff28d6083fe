using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>The chat's connection. It reconnects before the login: a server closes a connection on which nobody logs in
/// for some time, as when people look for their password.</summary>
internal sealed class ChatConnection : IAsyncDisposable
{
    private readonly JoChatClientOptions _options;

    private ChatConnection(JoChatClientOptions options, JoChatClient client) => (_options, Client) = (options, client);

    /// <summary>The client of the current connection.</summary>
    public JoChatClient Client { get; private set; }

    /// <summary>Connects.</summary>
    /// <exception cref="JoChatException">As from <see cref="JoChatClient.ConnectAsync"/>.</exception>
    public static async Task<ChatConnection> OpenAsync(JoChatClientOptions options, CancellationToken cancellation) =>
        new(options, await JoChatClient.ConnectAsync(options, cancellation));

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
            Client = await JoChatClient.ConnectAsync(_options, cancellation);
            return await what(Client);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
