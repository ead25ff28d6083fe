using System.Diagnostics;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>One scenario with what JoChat adds to the original, in both framed forms and on every way into the server.
/// </summary>
public sealed class AddedOperationsTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    private const Features All =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence;

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("json inside TLS")]
    [InlineData("binary inside TLS")]
    [InlineData("json on WebSocket")]
    [InlineData("binary on WebSocket")]
    public async Task Two_people_chat_with_everything_that_was_added(string way)
    {
        var (ada, bob) = ("Ada-" + way.Replace(' ', '-'), "Bob-" + way.Replace(' ', '-'));
        using var first = await EnterAsync(way, ada);
        using var second = await EnterAsync(way, bob);

        var presence = Assert.IsType<PresenceOf>(await first.AskAsync(new AskPresence([bob, "nobody"])));
        Assert.Equal(bob, Assert.Single(presence.Online));
        await first.AskAsync(new Typing(bob));
        Assert.Equal(new TypingArrived(ada, true), await second.NextEventAsync());

        var hello = new SendMessage(ada, bob, "Grüße 😀", ClientId: "a-1");
        var stored = Assert.IsType<MessageStored>(await first.AskAsync(hello)).As!;
        Assert.Equal(stored, Assert.IsType<MessageStored>(await first.AskAsync(hello)).As);
        Assert.Equal(
            Refusals.ClientIdReused, await first.AskAsync(new SendMessage(ada, bob, "Other", ClientId: "a-1")));

        var message = Assert.IsType<MessageArrived>(await second.NextEventAsync());
        Assert.Equal((stored.Id, ada, "Grüße 😀", false), (message.Id, message.Sender, message.Content, message.Away));
        await second.TellAsync(new Acknowledge([message.Id]));
        await ExpectReceipt(first, ReceiptKind.Delivered, bob, message.Id);
        Assert.Equal(new MarkedRead(), await second.AskAsync(new MarkRead(ada, message.Id)));
        await ExpectReceipt(first, ReceiptKind.Read, bob, message.Id);

        var history = Assert.IsType<History>(await first.AskAsync(new ReadHistory(bob, null)));
        Assert.Equal(MessageState.Read, Assert.Single(history.Messages).State);
        var list = Assert.IsType<ConversationList>(await second.AskAsync(new ListConversations(null)));
        Assert.Equal((ada, 0), (list.Conversations[0].With, list.Conversations[0].UnreadCount));
        Assert.Equal(new Pong(), await second.AskAsync(new Ping()));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("binary on WebSocket")]
    public async Task Token_takes_the_session_over_and_what_was_not_acknowledged_comes_again(string way)
    {
        var (ada, bob) = ("ada-2-" + way.Replace(' ', '-'), "bob-2-" + way.Replace(' ', '-'));
        using var sender = await EnterAsync(way, ada);
        using var lost = await EnterAsync(way, bob);
        await lost.AskAsync(new LogOut());
        var token = Assert.IsType<LoggedIn>(await lost.AskAsync(LogIn(bob, wantsToken: true))).ResumeToken;
        Assert.IsType<QueueEmptied>(await lost.NextEventAsync());
        await sender.AskAsync(new SendMessage(ada, bob, "one"));
        await sender.AskAsync(new SendMessage(ada, bob, "two"));
        await sender.AskAsync(new SendMessage(ada, bob, "three"));
        var one = Assert.IsType<MessageArrived>(await lost.NextEventAsync());
        await lost.TellAsync(new Acknowledge([one.Id]));
        await lost.AskAsync(new Ping());

        using var back = await server.ConnectAsync(way);
        await back.AskAsync(new Hello("test", All));
        var resumed = Assert.IsType<Resumed>(await back.AskAsync(new Resume(token)));

        Assert.Equal((bob, 2), (resumed.Username, resumed.UnreadCount));
        foreach (var text in new[] { "two", "three" })
        {
            var message = Assert.IsType<MessageArrived>(await back.NextEventAsync());
            Assert.Equal((text, true), (message.Content, message.Away));
        }

        Assert.IsType<QueueEmptied>(await back.NextEventAsync());
        ServerEvent last;
        do { last = await lost.NextEventAsync(); } while (last is MessageArrived);
        Assert.Equal(new SessionClosed(SessionCloseReason.TakenOver), last);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task Changed_password_counts_and_ends_the_tokens(string way)
    {
        var name = "eve-" + way;
        using var client = await EnterAsync(way, name);
        await client.AskAsync(new LogOut());
        var token = Assert.IsType<LoggedIn>(await client.AskAsync(LogIn(name, wantsToken: true))).ResumeToken;

        var wrong = await client.AskAsync(new ChangePassword(new Secret("no"), new Secret("new")));
        Assert.Equal(ErrorCode.BadCredentials, Assert.IsType<Refused>(wrong).Code);
        Assert.Equal(
            new PasswordChanged(), await client.AskAsync(new ChangePassword(new Secret("pw"), new Secret("new"))));

        using var other = await server.ConnectAsync(way);
        Assert.Equal(Refusals.InvalidToken, await other.AskAsync(new Resume(token)));
        Assert.Equal(Refusals.BadCredentials, await other.AskAsync(LogIn(name)));
        Assert.IsType<LoggedIn>(await other.AskAsync(new LogIn(name, new Secret("new"), Takeover: true)));
    }

    [Fact]
    public async Task A_flood_of_typing_reaches_the_other_as_two_events_a_second()
    {
        using var writer = await EnterAsync("json", "typing-ada");
        using var reader = await EnterAsync("json", "typing-bob");
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(new TypingNoted(), await writer.AskAsync(new Typing("typing-bob", i % 2 == 0)));
        }
        await writer.AskAsync(new SendMessage("typing-ada", "typing-bob", "fence"));

        var events = 0;
        while (await reader.NextEventAsync() is TypingArrived) { events++; }
        Assert.InRange(events, 1, 2 + (2 * Stopwatch.GetElapsedTime(begun).TotalSeconds));
    }

    [Fact]
    public async Task Acknowledgements_in_any_number_are_taken_and_never_answered()
    {
        using var client = await EnterAsync("json", "acks");

        for (var i = 0; i < 1000; i++) { await client.TellAsync(new Acknowledge([i])); }

        Assert.Equal(new Pong(), await client.AskAsync(new Ping()));
    }

    private async Task<RawClient> EnterAsync(string way, string name)
    {
        var client = await server.ConnectAsync(way);
        var welcome = Assert.IsType<Welcome>(await client.AskAsync(new Hello("test", All)));
        Assert.Equal((All, Limits.DefaultWindowMessages), (welcome.Features, welcome.WindowMessages));
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, new Secret("pw"))));
        Assert.IsType<LoggedIn>(await client.AskAsync(LogIn(name)));
        Assert.IsType<QueueEmptied>(await client.NextEventAsync());
        return client;
    }

    private static async Task ExpectReceipt(RawClient client, ReceiptKind kind, string by, long id)
    {
        var receipt = Assert.IsType<ReceiptArrived>(await client.NextEventAsync());
        Assert.Equal((kind, by), (receipt.Kind, receipt.By));
        Assert.Equal(id, Assert.Single(receipt.Ids));
    }

    private static LogIn LogIn(string name, bool wantsToken = false) =>
        new(name, new Secret("pw"), Takeover: false, wantsToken);
}
