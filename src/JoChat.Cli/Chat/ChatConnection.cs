using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>The chat's connection. A server closes one on which nobody logs in for long, so while people think about
/// their password it may have to be made anew.</summary>
internal sealed class ChatConnection : IAsyncDisposable
{
    private readonly JoChatClientOptions _options;

    private ChatConnection(JoChatClientOptions options, JoChatClient client) => (_options, Client) = (options, client);

    /// <summary>The client to use now.</summary>
    public JoChatClient Client { get; private set; }

    /// <summary>Connects.</summary>
    /// <exception cref="JoChatException">As from <see cref="JoChatClient.ConnectAsync"/>.</exception>
    public static async Task<ChatConnection> OpenAsync(JoChatClientOptions options, CancellationToken cancellation) =>
        new(options, await JoChatClient.ConnectAsync(options, cancellation));

    /// <summary>Does what needs no login; if the connection turns out to be lost, connects again and does it once more.
    /// </summary>
    /// <exception cref="JoChatException">It failed on a connection that was new.</exception>
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
