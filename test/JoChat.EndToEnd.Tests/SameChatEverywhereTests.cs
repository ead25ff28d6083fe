using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>One scenario, with the operations of the original, in every form and on every way into the server.
/// </summary>
public sealed class SameChatEverywhereTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("bare")]
    [InlineData("json inside TLS")]
    [InlineData("binary inside TLS")]
    [InlineData("bare inside TLS")]
    [InlineData("json on WebSocket")]
    [InlineData("binary on WebSocket")]
    public async Task Two_people_chat(string way)
    {
        var (ada, bob) = ("ada-" + way.Replace(' ', '-'), "bob-" + way.Replace(' ', '-'));
        using var first = await server.ConnectAsync(way);
        using var second = await server.ConnectAsync(way);
        await EnterAsync(first, ada);
        await SignUpAsync(second, bob);

        Assert.Equal(new MessageStored(), await first.AskAsync(new SendMessage(ada, bob, "while you are away")));
        Assert.Equal(new LoggedIn(1), await second.AskAsync(LogIn(bob)));
        var away = Assert.IsType<AwayFetched>(await second.AskAsync(new FetchAway(10)));
        Assert.Equal((ada, "while you are away"), (away.Messages[0].Sender, away.Messages[0].Content));
        Assert.Equal(new UnreadCounted(0), await second.AskAsync(new CountUnread()));

        Assert.Equal(new MessageStored(), await first.AskAsync(new SendMessage(ada, bob, "Grüße, live 😀")));
        var inbox = Assert.IsType<DeliveredListed>(await second.AskAsync(new ListDelivered()));
        Assert.Equal(["while you are away", "Grüße, live 😀"], inbox.Messages.Select(message => message.Content));

        var found = Assert.IsType<AccountsListed>(await first.AskAsync(new ListAccounts(bob, 0, 10)));
        Assert.Contains(bob, found.Users.Select(user => user.Username));
        Assert.Equal(new MessagesDeleted(1), await second.AskAsync(new DeleteMessages([inbox.Messages[0].Id])));
        Assert.Equal(new LoggedOut(), await second.AskAsync(new LogOut()));
        Assert.Equal(new AccountDeleted(), await first.AskAsync(new DeleteAccount()));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("bare")]
    [InlineData("json inside TLS")]
    [InlineData("json on WebSocket")]
    [InlineData("binary on WebSocket")]
    public async Task Refusals_have_the_same_code_and_words(string way)
    {
        using var client = await server.ConnectAsync(way);

        Assert.Equal(Refusals.InvalidSignUp, await client.AskAsync(new SignUp("", new Secret(""))));
        Assert.Equal(Refusals.BadCredentials, await client.AskAsync(LogIn("nobody")));
        Assert.Equal(Refusals.WrongSender, await client.AskAsync(new SendMessage("ada", "bob", "hi")));
        Assert.Equal(
            Refusals.NotLoggedIn(Operation.CountUnread), await client.AskAsync(new CountUnread()));
        Assert.Equal(
            Refusals.NotLoggedIn(Operation.ListAccounts), await client.AskAsync(new ListAccounts("*", 0, 10)));
        Assert.Equal(Refusals.ResetNotAllowed, await client.AskAsync(new ResetDatabase()));
    }

    [Fact]
    public void The_first_line_tells_the_HTTPS_address()
    {
        Assert.Contains($"; open https://127.0.0.1:{server.HttpPort} in a browser; ", server.FirstLine,
            StringComparison.Ordinal);
    }

    private static async Task EnterAsync(RawClient client, string name)
    {
        await SignUpAsync(client, name);
        Assert.Equal(new LoggedIn(0), await client.AskAsync(LogIn(name)));
    }

    private static async Task SignUpAsync(RawClient client, string name) =>
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, new Secret("pw"))));

    private static LogIn LogIn(string name) => new(name, new Secret("pw"));

    /// <summary>A server with a certificate and an HTTP port.</summary>
    public sealed class EveryWay : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private GatewayProcess? _gateway;

        internal int HttpPort { get; } = FreePort.Find();

        internal int Port => _gateway!.Port;

        internal string FirstLine => _gateway!.FirstLine;

        public async Task InitializeAsync()
        {
            var certificate = await TestCertificate.WriteAsync(_folder);
            _gateway = await GatewayProcess.StartAsync(
                _folder.Path,
                ["--http-port", $"{HttpPort}", .. certificate, "--set", "jochat.gateway.tls.required=off"]);
        }

        public async Task DisposeAsync() => await _gateway!.DisposeAsync();

        public void Dispose() => _folder.Dispose();

        internal Task<RawClient> ConnectAsync(string way) => RawClient.ConnectAsync(way, Port, HttpPort);
    }
}
