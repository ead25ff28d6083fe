using JoChat.Protocol;

namespace JoChat.Client.Tests;

/// <summary>From one connection to the next.</summary>
public sealed class ReconnectingTests : ClientTestKit
{
    [Fact]
    public async Task A_lost_connection_is_made_anew_and_the_session_resumed_by_its_token()
    {
        var (client, first) = await LogInAsync();
        var states = new List<ConnectionState>();
        client.StateChanged += states.Add;

        first.Dispose();
        using var second = await Server.WelcomeAsync();
        var resume = await second.AnswerAsync<Resume>(new Resumed("ada", 0));
        var count = client.CountUnreadAsync();
        await second.AnswerAsync<CountUnread>(new UnreadCounted(3));

        Assert.Equal(Sessions.Token, resume.Token);
        Assert.Equal(3, await count.OrFail());
        Assert.Equal([ConnectionState.Reconnecting, ConnectionState.Connected], states);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_by_the_password()
    {
        var (client, first) = await LogInAsync();

        first.Dispose();
        using var second = await Server.WelcomeAsync();
        await second.AnswerAsync<Resume>(new Refused(Operation.Resume, ErrorCode.InvalidToken, "Expired."));
        var logIn = await second.AnswerAsync<LogIn>(new LoggedIn(0, new Secret("token-2")));
        second.Dispose();
        using var third = await Server.WelcomeAsync();
        var resume = await third.AnswerAsync<Resume>(new Resumed("ada", 0));

        Assert.Equal(("ada", PasswordHash.Of(Sessions.Password)), (logIn.Username, logIn.Password));
        Assert.True(logIn is { Takeover: true, WantsToken: true });
        Assert.Equal("token-2", resume.Token?.Value);
    }

    [Fact]
    public async Task A_password_that_is_refused_ends_the_session_for_good()
    {
        var (client, first) = await LogInAsync();
        var send = client.SendAsync("bob", "hi");
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();
        await first.ReceiveAsync<SendMessage>();

        first.Dispose();
        using var second = await Server.WelcomeAsync();
        await second.AnswerAsync<Resume>(new Refused(Operation.Resume, ErrorCode.InvalidToken, "Expired."));
        await second.AnswerAsync<LogIn>(new Refused(Operation.LogIn, ErrorCode.BadCredentials, "Wrong."));

        var end = await Assert.ThrowsAsync<SessionEndedException>(() => send.OrFail());
        Assert.Equal((SessionCloseReason.Revoked, "Wrong."), (end.Reason, end.Message));
        await Assert.ThrowsAsync<SessionEndedException>(() => next.OrFail());
        Assert.Null(await second.TryReceiveAsync());
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_a_session_without_a_password()
    {
        var (client, first) = await GreetAsync();
        var resuming = client.ResumeAsync(Sessions.Token);
        await first.AnswerAsync<Resume>(new Resumed("ada", 2));
        Assert.Equal((2, "ada"), (await resuming.OrFail(), client.Username));
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        first.Dispose();
        using var second = await Server.WelcomeAsync();
        await second.AnswerAsync<Resume>(new Refused(Operation.Resume, ErrorCode.InvalidToken, "Expired."));

        var end = await Assert.ThrowsAsync<SessionEndedException>(() => next.OrFail());
        Assert.Equal((SessionCloseReason.Revoked, "Expired."), (end.Reason, end.Message));
    }

    [Theory]
    [InlineData(ErrorCode.Busy)]
    [InlineData(ErrorCode.StorageUnavailable)]
    public async Task A_server_that_has_noTime_is_tried_again(ErrorCode refusal)
    {
        var (client, first) = await LogInAsync();

        first.Dispose();
        using (var second = await Server.AcceptAsync())
        {
            await second.AnswerAsync<Hello>(new Refused(Operation.Hello, refusal, "Later."));
        }
        using (var third = await Server.WelcomeAsync())
        {
            await third.AnswerAsync<Resume>(new Refused(Operation.Resume, refusal, "Later."));
        }
        using var fourth = await Server.ResumeAsync();
        var count = client.CountUnreadAsync();
        await fourth.AnswerAsync<CountUnread>(new UnreadCounted(1));

        Assert.Equal(1, await count.OrFail());
    }

    [Theory]
    [InlineData(SessionCloseReason.TakenOver)]
    [InlineData(SessionCloseReason.AccountDeleted)]
    public async Task A_session_that_is_gone_for_good_is_not_fought_for(SessionCloseReason reason)
    {
        var (client, peer) = await LogInAsync();
        var send = client.SendAsync("bob", "hi");
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();
        await peer.ReceiveAsync<SendMessage>();
        var count = client.CountUnreadAsync();
        await peer.ReceiveAsync<CountUnread>();

        await peer.SendAsync(new SessionClosed(reason));
        peer.Dispose();

        Assert.Equal(reason, (await Assert.ThrowsAsync<SessionEndedException>(() => send.OrFail())).Reason);
        Assert.Equal(reason, (await Assert.ThrowsAsync<SessionEndedException>(() => next.OrFail())).Reason);
        Assert.Equal(reason, (await Assert.ThrowsAsync<SessionEndedException>(() => count.OrFail())).Reason);
        await Assert.ThrowsAsync<SessionEndedException>(() => client.CountUnreadAsync().OrFail());
        Assert.Equal((ConnectionState.Closed, null), (client.State, client.Username));
        Assert.False(Server.HasPendingConnection);
    }

    [Fact]
    public async Task A_server_that_stops_is_waited_for()
    {
        var (client, first) = await LogInAsync();

        await first.SendAsync(new SessionClosed(SessionCloseReason.ServerStopping));
        first.Dispose();
        using var second = await Server.ResumeAsync();
        var count = client.CountUnreadAsync();
        await second.AnswerAsync<CountUnread>(new UnreadCounted(1));

        Assert.Equal(1, await count.OrFail());
    }

    [Fact]
    public async Task A_revoked_session_does_not_come_back_by_the_password()
    {
        var (client, first) = await LogInAsync();
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();

        await first.SendAsync(new SessionClosed(SessionCloseReason.Revoked));
        first.Dispose();

        var end = await Assert.ThrowsAsync<SessionEndedException>(() => next.OrFail());
        Assert.Equal(SessionCloseReason.Revoked, end.Reason);
    }

    [Fact]
    public async Task A_changed_password_is_the_one_to_come_back_by()
    {
        var (client, first) = await LogInAsync();
        var changing = client.ChangePasswordAsync(Sessions.Password, new Secret("new"));
        await first.AnswerAsync<ChangePassword>(new PasswordChanged());
        await changing.OrFail();

        first.Dispose();
        using var second = await Server.WelcomeAsync();
        var logIn = await second.AnswerAsync<LogIn>(new LoggedIn(0, Sessions.Token)); // the token is revoked

        Assert.Equal(PasswordHash.Of(new Secret("new")), logIn.Password);
    }

    [Fact]
    public async Task The_form_of_a_password_that_was_right_is_the_one_to_come_back_by()
    {
        var (client, first) = await GreetAsync();
        var loggingIn = client.LogInAsync("ada", new Secret("pe\u0301"));
        await first.AnswerAsync<LogIn>(new Refused(Operation.LogIn, ErrorCode.BadCredentials, "Wrong."));
        var right = await first.AnswerAsync<LogIn>(new LoggedIn(0));
        await loggingIn.OrFail();

        first.Dispose();
        using var second = await Server.WelcomeAsync();
        var logIn = await second.AnswerAsync<LogIn>(new LoggedIn(0));

        Assert.Equal(right.Password, logIn.Password);
    }

    [Fact]
    public async Task Requests_on_their_way_fail_and_later_ones_wait_for_the_connection()
    {
        var (client, first) = await LogInAsync();
        var onItsWay = client.CountUnreadAsync();
        await first.ReceiveAsync<CountUnread>();

        first.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => onItsWay.OrFail());
        var waiting = client.CountUnreadAsync();
        using var second = await Server.ResumeAsync();
        await second.AnswerAsync<CountUnread>(new UnreadCounted(2));

        Assert.Equal(2, await waiting.OrFail());
    }

    [Fact]
    public async Task While_nobody_is_logged_in_the_next_request_makes_the_connection_anew()
    {
        var (client, first) = await GreetAsync();
        var lost = client.CountUnreadAsync();
        await first.ReceiveAsync<CountUnread>();
        first.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => lost.OrFail());
        Assert.False(Server.HasPendingConnection);

        var logIn = client.LogInAsync("ada", Sessions.Password);
        using var second = await Server.WelcomeAsync();
        await second.AnswerAsync<LogIn>(new LoggedIn(4, Sessions.Token));

        Assert.Equal(4, await logIn.OrFail());
    }

    [Fact]
    public async Task A_silent_server_is_asked_for_a_sign_of_life_and_given_up_without_one()
    {
        var options = Server.FullOptions() with { Time = Time };
        var (client, first) = await LogInAsync(options);

        Time.Advance(options.KeepAlive); // heard since
        Time.Advance(options.KeepAlive);
        await first.AnswerAsync<Ping>(new Pong());
        var count = client.CountUnreadAsync(); // the fence: the pong is read before its answer
        await first.AnswerAsync<CountUnread>(new UnreadCounted(0));
        await count.OrFail();
        Time.Advance(options.KeepAlive);
        Time.Advance(options.KeepAlive);
        await first.ReceiveAsync<Ping>();
        Time.Advance(options.KeepAlive);

        Assert.Null(await first.TryReceiveAsync());
        var resuming = Server.ResumeAsync();
        await Time.AdvanceUntilAsync(resuming, options.FirstReconnectDelay);
        using var second = await resuming;
    }

    [Fact]
    public async Task After_a_reconnect_those_whose_presence_matters_are_told_anew()
    {
        var (client, first) = await LogInAsync();
        var watching = client.WatchPresenceAsync(["bob", "cyd"]);
        await first.AnswerAsync<AskPresence>(new PresenceOf(["bob"]));
        Assert.Equal<string>(["bob"], await watching.OrFail());
        var told = new List<ServerEvent>();
        client.Notified += told.Add;

        first.Dispose();
        using var second = await Server.ResumeAsync();
        await second.AnswerAsync<AskPresence>(new PresenceOf(["cyd"]));
        var count = client.CountUnreadAsync(); // the fence
        await second.AnswerAsync<CountUnread>(new UnreadCounted(0));
        await count.OrFail();

        Assert.Equal<ServerEvent>([new PresenceChanged("bob", false), new PresenceChanged("cyd", true)], told);
    }

    [Fact]
    public async Task Events_are_told_in_their_order()
    {
        var (client, peer) = await LogInAsync();
        var told = new List<ServerEvent>();
        client.Notified += told.Add;

        var count = client.CountUnreadAsync();
        var request = await peer.ReceiveAsync<CountUnread>();
        ServerEvent[] events = [new QueueEmptied(), new TypingArrived("bob", true), new PresenceChanged("bob", true)];
        await peer.SendAsync([.. events, new UnreadCounted(0).AsAnswerTo(request)]);
        await count.OrFail();

        Assert.Equal(events, told);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_client_and_nobody_waits_for_ever()
    {
        var (client, peer) = await LogInAsync();
        client.Notified += _ => throw new InvalidOperationException("a bug");
        var send = client.SendAsync("bob", "hi");
        await peer.ReceiveAsync<SendMessage>();

        await peer.SendAsync(new QueueEmptied());

        var failure = await Assert.ThrowsAsync<ConnectionLostException>(() => send.OrFail());
        Assert.Contains("a bug", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConnectionLostException>(() => client.CountUnreadAsync().OrFail());
    }

    [Fact]
    public async Task Disposing_while_there_is_no_connection_ends_all_waiting()
    {
        var (client, peer) = await LogInAsync(Server.FullOptions() with { Time = Time });
        var reconnecting = new TaskCompletionSource();
        client.StateChanged += _ => reconnecting.TrySetResult();
        var send = client.SendAsync("bob", "hi");
        var next = client.ReadMessagesAsync().GetAsyncEnumerator().MoveNextAsync().AsTask();
        peer.Dispose();
        await reconnecting.Task.OrFail();

        await client.DisposeAsync().AsTask().OrFail();

        await Assert.ThrowsAsync<ConnectionLostException>(() => send.OrFail());
        Assert.False(await next.OrFail());
    }
}
