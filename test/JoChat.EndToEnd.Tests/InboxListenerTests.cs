using System.Threading.Channels;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>A program that follows an account's inbox by a cursor, through all that happens to the server.</summary>
[Trait("Speed", "Slow")]
public sealed class InboxListenerTests : IDisposable
{
    private const int Messages = 90;
    private static readonly Secret Password = new("secret");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WireEncoding.Json)]
    [InlineData(WireEncoding.Binary)]
    public async Task It_sees_every_message_once_while_the_server_is_killed_and_comes_back(WireEncoding encoding)
    {
        var port = FreePort.Find();
        var options = new JoChatClientOptions
        {
            Port = port,
            Encoding = encoding,
            FirstReconnectDelay = TimeSpan.FromMilliseconds(10),
            LongestReconnectDelay = TimeSpan.FromMilliseconds(100),
        };
        var gateway = await StartAsync(port);
        await using var sender = await EnterAsync(options, "ada");
        await using var chat = await EnterAsync(options, "bob");
        await using var listener = await JoChatClient.ConnectAsync(
            options with { Features = Features.Side | Features.Push });
        await listener.LogInAsync("bob", Password);

        var listening = ListenAsync(listener);
        for (var i = 0; i < Messages; i++)
        {
            if (i % 30 == 20)
            {
                var sending = sender.SendAsync("bob", $"{i}");
                await gateway.DisposeAsync(); // kills it
                gateway = await StartAsync(port);
                await sending.OrFail();
            }
            else
            {
                await sender.SendAsync("bob", $"{i}").OrFail();
            }
        }

        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}"), await listening.OrFail());
        await gateway.DisposeAsync();
    }

    private Task<GatewayProcess> StartAsync(int port) =>
        GatewayProcess.StartAsync(_folder.Path, "--port", $"{port}");

    private static async Task<JoChatClient> EnterAsync(JoChatClientOptions options, string name)
    {
        var client = await JoChatClient.ConnectAsync(options);
        await client.SignUpAsync(name, Password);
        await client.LogInAsync(name, Password);
        return client;
    }

    // As the document says: by a cursor, at each event and after each new login.
    private static async Task<List<string>> ListenAsync(JoChatClient listener)
    {
        var news = Channel.CreateUnbounded<bool>();
        listener.Notified += happened => { if (happened is InboxGrew) { news.Writer.TryWrite(true); } };
        listener.StateChanged += state => { if (state is ConnectionState.Connected) { news.Writer.TryWrite(true); } };
        var (seen, cursor) = (new List<string>(), 0L);
        news.Writer.TryWrite(true);
        while (seen.Count < Messages)
        {
            await news.Reader.ReadAsync();
            try
            {
                while (await listener.ReadInboxAsync(after: cursor, count: 7) is { IsEmpty: false } page)
                {
                    seen.AddRange(page.Select(message => message.Content));
                    cursor = page[^1].Id;
                }
            }
            catch (ConnectionLostException)
            {
                // It connects again, and that is told.
            }
        }
        return seen;
    }
}
