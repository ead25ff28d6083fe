using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>A client beside the account's own session: what it asks for, and how it comes back.</summary>
public sealed class SideSessionClientTests : ClientTestKit
{
    private const Features Listening = Features.Side | Features.Push;
    private static readonly Welcome SideWelcome = Welcome(Listening);

    [Fact]
    public async Task It_asks_for_no_token_unless_wanted_and_comes_back_by_the_password()
    {
        var (client, first) = await GreetAsync(Options(), SideWelcome);
        var request = await LogInAsync(client, first, new LoggedIn(3));
        Assert.True(client is { IsSide: true, IsPushing: false, ResumeToken: null });
        Assert.False(request.WantsToken);

        first.Dispose();
        using var second = await Server.WelcomeAsync(SideWelcome);
        var again = await second.AnswerAsync<LogIn>(new LoggedIn(0));

        Assert.Equal(("ada", request.Password, false), (again.Username, again.Password, again.WantsToken));
    }

    [Fact]
    public async Task A_token_is_asked_for_if_wanted_and_it_comes_back_by_that()
    {
        var (client, first) = await GreetAsync(Options() with { WantsResumeToken = true }, SideWelcome);
        Assert.True((await LogInAsync(client, first, new LoggedIn(0, Sessions.Token))).WantsToken);

        first.Dispose();
        using var second = await Server.WelcomeAsync(SideWelcome);

        Assert.Equal(Sessions.Token, (await second.AnswerAsync<Resume>(new Resumed("ada", 0))).Token);
    }

    [Fact]
    public async Task The_accounts_own_session_asks_for_no_token_if_none_is_wanted()
    {
        var (client, peer) = await GreetAsync(Server.FullOptions() with { WantsResumeToken = false });

        Assert.False((await LogInAsync(client, peer, new LoggedIn(0))).WantsToken);
        Assert.False(client.IsSide);
    }

    [Fact]
    public async Task It_resumes_by_a_token_of_an_earlier_run()
    {
        var (client, first) = await GreetAsync(Options(), SideWelcome);
        var resuming = client.ResumeAsync(Sessions.Token);
        await first.AnswerAsync<Resume>(new Resumed("ada", 2));
        Assert.Equal(2, await resuming.OrFail());

        first.Dispose();
        using var second = await Server.WelcomeAsync(SideWelcome);
        await second.AnswerAsync<Resume>(new Resumed("ada", 0));

        Assert.Equal(("ada", Sessions.Token), (client.Username, client.ResumeToken));
    }

    [Fact]
    public async Task It_never_comes_back_as_the_accounts_own_session()
    {
        var (client, first) = await GreetAsync(Options() with { WantsResumeToken = true }, SideWelcome);
        await LogInAsync(client, first, new LoggedIn(0, Sessions.Token));

        first.Dispose();
        using var older = await Server.WelcomeAsync(Welcome(Features.Push | Features.Ack));
        Assert.Null(await older.TryReceiveAsync());
        using var newer = await Server.WelcomeAsync(SideWelcome);

        await newer.AnswerAsync<Resume>(new Resumed("ada", 0));
    }

    [Fact]
    public async Task Messages_are_sent_under_a_client_id_and_sent_again_on_the_next_connection()
    {
        var (client, first) = await GreetAsync(Options(), SideWelcome);
        await LogInAsync(client, first, new LoggedIn(0));
        var send = client.SendAsync("bob", "hi");
        var request = await first.ReceiveAsync<SendMessage>();

        first.Dispose();
        using var second = await Server.WelcomeAsync(SideWelcome);
        await second.AnswerAsync<LogIn>(new LoggedIn(0));
        var again = await second.AnswerAsync<SendMessage>(Sessions.Stored(7));

        Assert.NotNull(request.ClientId);
        Assert.Equal(request.ClientId, again.ClientId);
        Assert.Equal(7, (await send.OrFail())?.Id);
    }

    [Fact]
    public async Task The_inbox_is_told_and_read_and_marked()
    {
        var (client, peer) = await GreetAsync(Options(), SideWelcome);
        await LogInAsync(client, peer, new LoggedIn(0));
        var told = new TaskCompletionSource<ServerEvent>();
        client.Notified += told.SetResult;
        var tea = new HistoryMessage(21, "bob", "ada", "Tea?", DateTimeOffset.UnixEpoch, MessageState.Stored);

        await peer.SendAsync(new InboxGrew(21));
        Assert.Equal(new InboxGrew(21), await told.Task.OrFail());
        var read = client.ReadInboxAsync(after: 17, before: 90, undeliveredOnly: true, count: 5);
        var request = await peer.AnswerAsync<ReadInbox>(new InboxRead([tea]));
        Assert.Equal(tea, Assert.Single(await read.OrFail()));
        Assert.Equal(new ReadInbox(17, 90, 5, UndeliveredOnly: true), request with { Id = null });

        var mark = client.MarkDeliveredAsync(21);
        Assert.Equal(21, (await peer.AnswerAsync<MarkDelivered>(new MarkedDelivered())).Through);
        await mark.OrFail();
    }

    [Theory]
    [InlineData(WireEncoding.Json)]
    [InlineData(WireEncoding.Binary)]
    public async Task A_login_that_is_refused_tells_since_when_there_is_another_session(WireEncoding encoding)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(1767225600123);
        var (client, peer) = await GreetAsync(Server.FullOptions() with { Encoding = encoding });

        var logIn = client.LogInAsync("ada", Sessions.Password);
        await peer.AnswerAsync<LogIn>(Refusals.AlreadyLoggedIn with { Since = since });

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => logIn.OrFail());
        Assert.Equal((ErrorCode.AlreadyLoggedIn, since), (refusal.Code, refusal.Since));
    }

    private JoChatClientOptions Options() => Server.FullOptions() with { Features = Listening };

    private static Welcome Welcome(Features features) =>
        new("test/1", features, Limits.DefaultMaxFrameBytes, 256, 262144);

    private static async Task<LogIn> LogInAsync(JoChatClient client, ScriptedPeer peer, LoggedIn answer)
    {
        var logIn = client.LogInAsync("ada", Sessions.Password);
        var request = await peer.AnswerAsync<LogIn>(answer);
        await logIn.OrFail();
        return request;
    }
}
