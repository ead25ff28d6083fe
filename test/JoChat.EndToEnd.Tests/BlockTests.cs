using System.Text.RegularExpressions;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Who is blocked reaches nobody and learns nothing.</summary>
public sealed partial class BlockTests(SameChatEverywhereTests.EveryWay server)
    : IClassFixture<SameChatEverywhereTests.EveryWay>
{
    private const Features All =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence;

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    [InlineData("binary inside TLS")]
    [InlineData("json on WebSocket")]
    public async Task What_a_blocked_sender_sends_is_stored_as_ever_and_never_arrives(string way)
    {
        var (ada, bob, eve) = (Name("ada", way), Name("bob", way), Name("eve", way));
        using var sender = await EnterAsync(way, ada);
        using var blocker = await EnterAsync(way, bob);
        using var third = await EnterAsync(way, eve);
        using var side = await ListenBesideAsync(way, bob);
        await sender.AskAsync(new AskPresence([bob]));
        var before = await SendAsync(sender, ada, bob, "before");
        await blocker.NextEventAsync();
        Assert.Equal(new InboxGrew(before), await side.NextEventAsync());

        Assert.Equal(new Blocked(), await blocker.AskAsync(new Block(ada)));
        Assert.Equal(new PresenceChanged(bob, false), await sender.NextEventAsync());
        var second = await SendAsync(sender, ada, bob, "unseen", "c1");
        Assert.Equal(second, await SendAsync(sender, ada, bob, "unseen", "c1"));
        Assert.Equal(new TypingNoted(), await sender.AskAsync(new Typing(bob)));
        Assert.Empty(Assert.IsType<PresenceOf>(await sender.AskAsync(new AskPresence([bob]))).Online);
        await blocker.TellAsync(new Acknowledge([before]));
        await blocker.AskAsync(new MarkRead(ada, before));
        await blocker.AskAsync(new Typing(ada));
        await blocker.AskAsync(new MarkDelivered(second)); // also a fence behind the acknowledgement

        var fence = await SendAsync(third, eve, bob, "fence");
        Assert.Equal("fence", Assert.IsType<MessageArrived>(await blocker.NextEventAsync()).Content);
        Assert.Equal(new InboxGrew(fence), await side.NextEventAsync());
        Assert.Equal(second + 2, fence); // the second attempt was offered an id too
        Assert.Equal(["before"], await HistoryAsync(blocker, ada));
        Assert.Equal(["before", "fence"], (await InboxAsync(side)).Select(message => message.Content));
        var conversations = Assert.IsType<ConversationList>(await blocker.AskAsync(new ListConversations(null)));
        Assert.Equal([(eve, 1L), (ada, 0L)], conversations.Conversations.Select(found => (found.With, found.UnreadCount)));

        await SendAsync(third, eve, ada, "fence for ada");
        Assert.Equal("fence for ada", Assert.IsType<MessageArrived>(await sender.NextEventAsync()).Content);
        var history = Assert.IsType<History>(await sender.AskAsync(new ReadHistory(bob, null)));
        Assert.Equal(
            [("before", MessageState.Stored), ("unseen", MessageState.Stored)],
            history.Messages.Select(message => (message.Content, message.State)));

        Assert.Equal(new Unblocked(), await blocker.AskAsync(new Unblock(ada)));
        Assert.Equal(new PresenceChanged(bob, true), await sender.NextEventAsync());
        await SendAsync(sender, ada, bob, "after");
        Assert.Equal("after", Assert.IsType<MessageArrived>(await blocker.NextEventAsync()).Content);
        Assert.Equal(["before", "after"], await HistoryAsync(blocker, ada));
        Assert.Equal(["before", "unseen", "after"], await HistoryAsync(sender, bob));
    }

    [Fact]
    public async Task Answers_to_a_blocked_sender_are_those_about_one_who_is_away()
    {
        using var sender = await server.ConnectAsync("json");
        using var blocker = await server.ConnectAsync("json");
        using var away = await server.ConnectAsync("json");
        foreach (var (client, name) in new[] { (sender, "same-ada"), (blocker, "same-bob"), (away, "same-cyd") })
        {
            await client.SignUpAsync(name);
            await client.LogInAsync(name);
        }
        await blocker.AskAsync("block", new { username = "same-ada" });
        await away.AskAsync("logout", new { });

        var ofBlocker = await TranscriptAsync(sender, "same-bob");
        var ofAway = await TranscriptAsync(sender, "same-cyd");

        Assert.Equal(ofAway, ofBlocker);
        Assert.Equal(0, (int)(await blocker.AskAsync("count_unread", new { }))["unread_count"]!);
        Assert.Empty((await blocker.AskAsync("send_messages_to_client", new { }))["msg"]!.AsArray());
        Assert.Empty((await blocker.AskAsync("fetch_away_msgs", new { }))["msg"]!.AsArray());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task Who_is_blocked_sees_the_blocker_neither_go_nor_come(string way)
    {
        var (ada, bob, eve) = (Name("watch-ada", way), Name("watch-bob", way), Name("watch-eve", way));
        using var blocked = await EnterAsync(way, ada);
        using var other = await EnterAsync(way, eve);
        using var blocker = await EnterAsync(way, bob);
        await blocker.AskAsync(new Block(ada));
        await blocked.AskAsync(new AskPresence([bob]));
        await other.AskAsync(new AskPresence([bob]));

        await blocker.AskAsync(new LogOut());
        Assert.Equal(new PresenceChanged(bob, false), await other.NextEventAsync());
        Assert.IsType<LoggedIn>(await blocker.AskAsync(new LogIn(bob, new Secret("pw"))));
        Assert.Equal(new PresenceChanged(bob, true), await other.NextEventAsync());

        await SendAsync(other, eve, ada, "fence");
        Assert.IsType<MessageArrived>(await blocked.NextEventAsync());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task Blocks_are_listed_in_pages_and_refused_with_a_reason(string way)
    {
        var (ada, bob, eve) = (Name("list-ada", way), Name("list-bob", way), Name("list-eve", way));
        using var other = await EnterAsync(way, ada);
        using var another = await EnterAsync(way, eve);
        using var blocker = await EnterAsync(way, bob);

        await blocker.AskAsync(new Block(eve.ToUpperInvariant()));
        await blocker.AskAsync(new Block(ada));
        Assert.Equal(new Blocked(), await blocker.AskAsync(new Block(ada)));

        var first = Assert.IsType<BlockedListed>(await blocker.AskAsync(new ListBlocked(null, 1))).Accounts;
        var next = Assert.IsType<BlockedListed>(await blocker.AskAsync(new ListBlocked(first[0].Id, 5))).Accounts;
        Assert.Equal([ada, eve], first.Concat(next).Select(account => account.Username));
        Assert.Equal(Refusals.NobodyToBlock, await blocker.AskAsync(new Block("nobody-" + way)));
        Assert.Equal(Refusals.BlocksOneself, await blocker.AskAsync(new Block(bob)));
        Assert.Equal(Refusals.NoUsername(Operation.Block), await blocker.AskAsync(new Block("")));
        Assert.Equal(Refusals.NoUsername(Operation.Unblock), await blocker.AskAsync(new Unblock("")));
        Assert.Equal(new Unblocked(), await blocker.AskAsync(new Unblock("nobody-" + way)));
        await blocker.AskAsync(new LogOut());
        Assert.Equal(Refusals.NotLoggedIn(Operation.Block), await blocker.AskAsync(new Block(ada)));
        Assert.Equal(Refusals.NotLoggedIn(Operation.ListBlocked), await blocker.AskAsync(new ListBlocked(null)));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("binary")]
    public async Task All_that_one_person_sent_is_deleted_and_nothing_else(string way)
    {
        var (ada, bob, eve) = (Name("del-ada", way), Name("del-bob", way), Name("del-eve", way));
        using var sender = await EnterAsync(way, ada);
        using var recipient = await EnterAsync(way, bob);
        using var third = await EnterAsync(way, eve);
        for (var i = 0; i < 3; i++) { await SendAsync(sender, ada, bob, "spam"); }
        await SendAsync(third, eve, bob, "tea?");
        await SendAsync(recipient, bob, ada, "stop");

        Assert.Equal(new DeletedFrom(3), await recipient.AskAsync(new DeleteFrom(ada)));

        Assert.Equal(["stop"], await HistoryAsync(recipient, ada));
        Assert.Equal(["tea?"], (await InboxAsync(recipient)).Select(message => message.Content));
        Assert.Equal(new DeletedFrom(0), await recipient.AskAsync(new DeleteFrom(ada)));
        Assert.Equal(new DeletedFrom(0), await recipient.AskAsync(new DeleteFrom("nobody-" + way)));
        Assert.Equal(Refusals.NoUsername(Operation.DeleteFrom), await recipient.AskAsync(new DeleteFrom("")));
    }

    private static async Task<string> TranscriptAsync(RawClient sender, string recipient)
    {
        string[] requests =
        [
            Wire.Request("send_message", new { sender = "same-ada", recipient, content = "hello" }),
            Wire.Request("send_message",
                new { sender = "same-ada", recipient, content = "again", client_id = "to-" + recipient }),
            Wire.Request("typing", new { recipient }),
            Wire.Request("presence", new { of = new[] { recipient } }),
            Wire.Request("history", new { with = recipient }),
            Wire.Request("conversations", new { count = 1 }),
        ];
        var answers = new List<string>();
        foreach (var request in requests) { answers.Add((await sender.AskAsync(request))!); }
        return Numbers().Replace(string.Join('\n', answers), "0").Replace(recipient, "R", StringComparison.Ordinal);
    }

    [GeneratedRegex("\\d{2,}|(?<=\"id\":)\\d+")]
    private static partial Regex Numbers();

    private static string Name(string name, string way) => name + "-" + way.Replace(' ', '-');

    private static async Task<IEnumerable<string>> HistoryAsync(RawClient client, string with) =>
        Assert.IsType<History>(await client.AskAsync(new ReadHistory(with, null))).Messages
            .Select(message => message.Content);

    private static async Task<IEnumerable<HistoryMessage>> InboxAsync(RawClient client) =>
        Assert.IsType<InboxRead>(await client.AskAsync(new ReadInbox(0))).Messages;

    private static async Task<long> SendAsync(
        RawClient client, string sender, string recipient, string content, string? clientId = null)
    {
        var send = new SendMessage(sender, recipient, content, clientId ?? Guid.NewGuid().ToString());
        return Assert.IsType<MessageStored>(await client.AskAsync(send)).As!.Id;
    }

    private async Task<RawClient> EnterAsync(string way, string name)
    {
        var client = await server.ConnectAsync(way);
        await client.AskAsync(new Hello("test", All));
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, new Secret("pw"))));
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(name, new Secret("pw"))));
        Assert.IsType<QueueEmptied>(await client.NextEventAsync());
        return client;
    }

    private async Task<RawClient> ListenBesideAsync(string way, string name)
    {
        var client = await server.ConnectAsync(way);
        await client.AskAsync(new Hello("test", Features.Side | Features.Push));
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(name, new Secret("pw"))));
        return client;
    }
}
