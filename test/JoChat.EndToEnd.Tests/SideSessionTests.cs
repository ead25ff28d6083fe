using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>A chat and programs beside it, of one account at the same time, in both framed forms and on every way into
/// the server.</summary>
public sealed class SideSessionTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    private const Features Chat = Features.Push | Features.Ack | Features.Receipts | Features.Typing;
    private const Features Listening = Features.Side | Features.Push;

    public static TheoryData<string> Ways =>
        ["json", "binary", "json inside TLS", "binary inside TLS", "json on WebSocket", "binary on WebSocket"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_program_does_everything_beside_a_chat_and_the_chat_goes_on(string way)
    {
        var (ada, bob) = (Name("ada", way), Name("bob", way));
        using var sender = await EnterAsync(way, ada);
        using var chat = await EnterAsync(way, bob);
        using var side = await LogInBesideAsync(way, bob, Listening);

        var stored = await SendAsync(sender, ada, bob, "Tea?");
        var pushed = Assert.IsType<MessageArrived>(await chat.NextEventAsync());
        Assert.Equal(("Tea?", false), (pushed.Content, pushed.Away));
        Assert.Equal(new InboxGrew(stored), await side.NextEventAsync());
        Assert.Equal(new UnreadCounted(1), await side.AskAsync(new CountUnread()));
        Assert.Equal(new UnreadCounted(0), await chat.AskAsync(new CountUnread()));
        var read = Assert.IsType<InboxRead>(await side.AskAsync(new ReadInbox(0)));
        var tea = new HistoryMessage(stored, ada, bob, "Tea?", pushed.SentAt, MessageState.Stored);
        Assert.Equal(tea, Assert.Single(read.Messages));

        Assert.Equal(new MarkedDelivered(), await side.AskAsync(new MarkDelivered(stored)));
        var receipt = Assert.IsType<ReceiptArrived>(await sender.NextEventAsync());
        Assert.Equal((ReceiptKind.Delivered, bob, stored), (receipt.Kind, receipt.By, Assert.Single(receipt.Ids)));
        await SendAsync(side, bob, ada, "Yes!");
        Assert.Equal("Yes!", Assert.IsType<MessageArrived>(await sender.NextEventAsync()).Content);
        var history = Assert.IsType<History>(await side.AskAsync(new ReadHistory(ada, null)));
        Assert.Equal(["Tea?", "Yes!"], history.Messages.Select(message => message.Content));
        var undelivered = await side.AskAsync(new ReadInbox(0, UndeliveredOnly: true));
        Assert.Empty(Assert.IsType<InboxRead>(undelivered).Messages);

        Assert.Equal(new LoggedOut(), await side.AskAsync(new LogOut()));
        await SendAsync(sender, ada, bob, "Milk?");
        Assert.Equal("Milk?", Assert.IsType<MessageArrived>(await chat.NextEventAsync()).Content);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nothing_becomes_live_by_it(string way)
    {
        var (ada, bob) = (Name("ada-2", way), Name("bob-2", way));
        using var sender = await EnterAsync(way, ada);
        await (await EnterAsync(way, bob)).AskAsync(new LogOut());
        using var side = await LogInBesideAsync(way, bob, Features.Side);
        await SendAsync(sender, ada, bob, "while you are away");

        using var chat = await ConnectAsync(way, Chat);
        Assert.Equal(1, Assert.IsType<LoggedIn>(await chat.AskAsync(LogIn(bob))).UnreadCount);
        var message = Assert.IsType<MessageArrived>(await chat.NextEventAsync());

        Assert.Equal(("while you are away", true), (message.Content, message.Away));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Take_over_is_as_it_was_and_does_not_touch_it(string way)
    {
        var bob = Name("bob-3", way);
        var earliest = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        using var chat = await EnterAsync(way, bob);
        using var side = await LogInBesideAsync(way, bob, Listening);
        using var other = await ConnectAsync(way, Chat);

        var refusal = Assert.IsType<Refused>(await other.AskAsync(LogIn(bob, wantsToken: true)));
        Assert.Equal(ErrorCode.AlreadyLoggedIn, refusal.Code);
        Assert.InRange(refusal.Since!.Value, earliest, DateTimeOffset.UtcNow);
        Assert.IsType<LoggedIn>(await other.AskAsync(LogIn(bob, takeover: true)));

        Assert.Equal(new SessionClosed(SessionCloseReason.TakenOver), await chat.NextEventAsync());
        Assert.Equal(new Pong(), await side.AskAsync(new Ping()));
        Assert.Equal(new UnreadCounted(0), await side.AskAsync(new CountUnread()));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_account_that_it_deletes_is_gone_for_the_chat_and_for_every_other_program(string way)
    {
        var bob = Name("bob-4", way);
        using var chat = await EnterAsync(way, bob);
        using var side = await LogInBesideAsync(way, bob, Features.Side);
        using var listener = await LogInBesideAsync(way, bob, Listening);

        Assert.Equal(new AccountDeleted(), await side.AskAsync(new DeleteAccount()));

        var deleted = new SessionClosed(SessionCloseReason.AccountDeleted);
        Assert.Equal(deleted, await chat.NextEventAsync());
        Assert.Equal(deleted, await listener.NextEventAsync());
        Assert.Equal(Refusals.BadCredentials, await side.AskAsync(LogIn(bob)));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task A_token_serves_it_and_log_out_revokes_that_one_alone(string way)
    {
        var bob = Name("bob-5", way);
        using var chat = await EnterAsync(way, bob);
        using var first = await ConnectAsync(way, Features.Side);
        var (mine, other) = (await TokenOfAsync(first, bob), await TokenOfAsync(await ConnectAsync(way, Features.Side), bob));
        await first.AskAsync(new LogOut());
        using var second = await ConnectAsync(way, Features.Side);

        Assert.Equal(Refusals.InvalidToken, await second.AskAsync(new Resume(mine)));
        Assert.Equal(bob, Assert.IsType<Resumed>(await second.AskAsync(new Resume(other))).Username);
        Assert.Equal(new Pong(), await chat.AskAsync(new Ping())); // it was not taken over
    }

    [Fact]
    public async Task Names_and_passwords_that_were_not_read_right_are_refused()
    {
        using var client = await server.ConnectAsync("json");

        var name = Assert.IsType<Refused>(await client.AskAsync(new SignUp("n\uFFFD", new Secret("pw"))));
        Assert.Equal(ErrorCode.InvalidUsername, name.Code);
        Assert.Equal(
            Refusals.DamagedPassword(Operation.SignUp),
            await client.AskAsync(new SignUp("damaged", new Secret("p\uFFFD"))));
    }

    private async Task<RawClient> ConnectAsync(string way, Features features)
    {
        var client = await server.ConnectAsync(way);
        Assert.Equal(
            features, Assert.IsType<Welcome>(await client.AskAsync(new Hello("test", features))).Features);
        return client;
    }

    private async Task<RawClient> EnterAsync(string way, string name)
    {
        var client = await ConnectAsync(way, Chat);
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, new Secret("pw"))));
        Assert.IsType<LoggedIn>(await client.AskAsync(LogIn(name)));
        Assert.IsType<QueueEmptied>(await client.NextEventAsync());
        return client;
    }

    private async Task<RawClient> LogInBesideAsync(string way, string name, Features features)
    {
        var client = await ConnectAsync(way, features);
        Assert.IsType<LoggedIn>(await client.AskAsync(LogIn(name)));
        return client;
    }

    private static async Task<Secret?> TokenOfAsync(RawClient client, string name) =>
        Assert.IsType<LoggedIn>(await client.AskAsync(LogIn(name, wantsToken: true))).ResumeToken;

    private static async Task<long> SendAsync(RawClient client, string sender, string recipient, string content)
    {
        var request = new SendMessage(sender, recipient, content, ClientId: content);
        return Assert.IsType<MessageStored>(await client.AskAsync(request)).As!.Id;
    }

    private static LogIn LogIn(string name, bool takeover = false, bool wantsToken = false) =>
        new(name, new Secret("pw"), takeover, wantsToken);

    private static string Name(string name, string way) => $"{name}-{way.Replace(' ', '-')}";
}
