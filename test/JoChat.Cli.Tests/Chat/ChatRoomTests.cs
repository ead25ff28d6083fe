using JoChat.Protocol;

namespace JoChat.Cli.Tests.Chat;

/// <summary>The chat once somebody is logged in. The clock stands at 15:06 on 4 March 2026, UTC.</summary>
public sealed class ChatRoomTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 4, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_is_echoed_once_the_server_has_stored_it()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/msg bob hello there");

        await rig.ExpectAsync("[15:06] ada -> bob: hello there");
        var send = Assert.Single(rig.Server.Requests.OfType<SendMessage>());
        Assert.Equal(("ada", "bob", "hello there"), (send.Sender, send.Recipient, send.Content));
    }

    [Fact]
    public async Task A_refused_message_is_not_echoed_and_the_chat_goes_on()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.Answer = request => request is SendMessage { Recipient: "nobody" }
            ? new Refused(request.Operation, ErrorCode.NoSuchRecipient, "Recipient does not\e exist.")
            : AnsweringServer.Usually(request);

        rig.Type("/msg nobody hi", "/msg bob hi");

        await rig.ExpectAsync(@"! Not sent to nobody: Recipient does not\x1B exist.", "[15:06] ada -> bob: hi");
    }

    [Fact]
    public async Task In_a_query_plain_text_goes_to_that_person_until_it_is_closed()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/query bob", "hi", "//slash", "/close", "hi again");

        await rig.ExpectAsync(
            "* What you type goes to bob now; /close ends that.",
            "[15:06] ada -> bob: hi",
            "[15:06] ada -> bob: /slash",
            "! To whom? /msg WHO TEXT sends one message, /query WHO all that you type.");
        Assert.Equal(2, rig.Server.Requests.OfType<SendMessage>().Count());
    }

    [Fact]
    public async Task An_unknown_command_is_never_sent_even_in_a_query()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/query bob", "/nonsense");

        await rig.NextAsync();
        Assert.StartsWith("! There is no /nonsense", await rig.NextAsync(), StringComparison.Ordinal);
        Assert.Empty(rig.Server.Requests.OfType<SendMessage>());
        rig.Type("/whos");
        Assert.StartsWith("! There is no /whos. Did you mean /who?", await rig.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_appear_as_they_arrive_and_say_if_they_were_sent_while_away()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        await rig.Server.PushAsync(
            new MessageArrived(7, "bob", "ada", "old", Today.AddDays(-1), Away: true),
            new MessageArrived(8, "b\u202Eb", "ada", "new\n[12:31] #9 eve: fake", Today, Away: false));

        await rig.ExpectAsync(
            "--- 2026-03-03 ---",
            "[12:30] #7 bob (sent while away): old",
            "--- 2026-03-04 ---",
            @"[12:30] #8 b\u202Eb: new\n[12:31] #9 eve: fake");
    }

    [Fact]
    public async Task Who_shows_a_page_and_more_the_next_one()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        var all = Enumerable.Range(0, 12).Select(number => new ListedAccount(number, $"bob{number}")).ToArray();
        rig.Server.On<ListAccounts>(
            list => new AccountsListed([.. all.Skip((int)list.Start!.Value).Take((int)list.Count!.Value)]));

        rig.Type("/who bob");
        await rig.ExpectAsync([.. all.Take(10).Select(bob => $"* {bob.Username}"), "* There are more: /more"]);
        rig.Type("/more", "/more");
        await rig.ExpectAsync("* bob10", "* bob11", "* There is no more.");
    }

    [Fact]
    public async Task Away_and_inbox_list_messages_and_delete_deletes_them()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<FetchAway>(fetch => new AwayFetched(fetch.Limit == 3 ? [new(5, "bob", "missed")] : []));
        rig.Server.On<ReadInbox>(_ => new InboxRead(
        [
            new(4, "eve", "ada", "had", Today, MessageState.Read),
            new(5, "bob", "ada", "missed", Today, MessageState.Delivered),
        ]));

        rig.Type("/away 3", "/inbox", "/delete #4 5");

        await rig.ExpectAsync(
            "#5 bob (sent while away): missed",
            "[12:30] #4 eve: had",
            "[12:30] #5 bob: missed",
            "* Deleted 2 of 2.");
    }

    [Fact]
    public async Task Of_an_original_server_inbox_lists_what_was_delivered()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<ReadInbox>(read => new Refused(read.Operation, ErrorCode.UnknownOperation, "Unknown."));
        rig.Server.On<ListDelivered>(_ => new DeliveredListed([new(4, "eve", "had")]));

        rig.Type("/inbox");

        await rig.ExpectAsync("#4 eve: had");
    }

    [Fact]
    public async Task Deleting_the_account_needs_the_name_and_leads_back_to_the_login()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/delete-account", "bob");
        await rig.ExpectAsync(
            "! This deletes your account for good, with all messages you received and all you sent, also for the people "
                + "you sent them to.",
            "* Not confirmed; nothing was deleted.");
        Assert.Empty(rig.Server.Requests.OfType<DeleteAccount>());
        rig.Type("/delete-account", "ada", "");
        await rig.NextAsync();
        await rig.ExpectAsync("* Not confirmed; nothing was deleted.");
        Assert.Empty(rig.Server.Requests.OfType<DeleteAccount>());
        rig.Type("/delete-account", "ada", "pw");
        await rig.NextAsync();
        await rig.ExpectAsync("* Deleted the account ada.", "* Logged out.");
    }

    [Fact]
    public async Task Logging_out_leads_to_the_login_and_another_person_may_come()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/logout", "eve", "pw");
        await rig.ExpectAsync("* Logged out.", "* Logged in as eve. 0 sent while away. /help lists the commands.");
        rig.Type("/msg bob hi");
        await rig.ExpectAsync("[15:06] eve -> bob: hi");
    }

    [Fact]
    public async Task Who_the_server_has_logged_out_is_led_back_to_the_login()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<SendMessage>(
            request => new Refused(request.Operation, ErrorCode.NotLoggedIn, "You are not currently logged in."));

        rig.Type("/msg bob hi");

        await rig.ExpectAsync(
            "! Not sent to bob: You are not currently logged in. /retry sends it again.", "* Logged out.");
    }

    [Fact]
    public async Task The_prompt_counts_what_is_still_away_and_names_the_query()
    {
        await using var rig = new ChatRig(Answer, isPerson: true, "--user", "ada", "--password-file", "-");

        rig.Type("pw");
        await rig.NextAsync();
        await rig.Server.PushAsync(new MessageArrived(4, "bob", "ada", "missed", Today, Away: true));
        await rig.NextAsync();
        rig.Type("/close", "/away");
        await rig.NextAsync();
        rig.Type("/query bob");
        await rig.NextAsync(); // told behind what came of /away
        rig.Type("/notify", "/quit");
        await rig.Running.OrFail();

        // The first prompt may have been drawn before the message came.
        Assert.Contains("[2 away] ada> ", rig.Error, StringComparison.Ordinal);
        Assert.EndsWith("[1 away] ada -> bob> ", rig.Error, StringComparison.Ordinal);

        static Response Answer(Request request) => request switch
        {
            LogIn => new LoggedIn(3),
            FetchAway => new AwayFetched([new(5, "bob", "missed too")]),
            _ => AnsweringServer.Usually(request),
        };
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/help", "/close", "hi");

        var help = new List<string>();
        for (var line = await rig.NextAsync(); line.StartsWith('*'); line = await rig.NextAsync()) { help.Add(line); }
        var words = help.SelectMany(line => line.Split([' ', ',', ';'])).ToHashSet();
        Assert.All(Cli.Chat.ChatCommand.All, command => Assert.Contains(command.Name, words));
        Assert.All(help, line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("/quit")]
    [InlineData(null)]
    public async Task Quitting_logs_out_and_is_done(string? line)
    {
        await using var rig = await ChatRig.AsAdaAsync();

        if (line is null) { rig.EndInput(); }
        else { rig.Type(line); }

        Assert.Equal(ExitCode.Done, await rig.Running.OrFail());
        Assert.IsType<LogOut>(rig.Server.Requests.Last());
    }

    [Fact]
    public async Task A_person_is_told_that_the_connection_is_lost_and_back_and_loses_nothing()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);
        var hangUps = 1;
        rig.Server.On<SendMessage>(request => hangUps-- > 0 ? null : AnsweringServer.Usually(request));

        rig.Type("/msg bob hi");

        await rig.ExpectAsync(
            "! Connection lost, reconnecting...", "* Connected again.", "[15:06] ada -> bob: hi");
        await rig.Server.PushAsync(new MessageArrived(8, "bob", "ada", "hello", Today, Away: false));
        await rig.ExpectAsync("[12:30] #8 bob: hello");
        var sends = rig.Server.Requests.OfType<SendMessage>().ToList();
        Assert.Equal(2, sends.Count);
        Assert.Equal(sends[0].ClientId, sends[1].ClientId);
    }

    [Fact]
    public async Task What_is_not_a_message_and_is_lost_on_its_way_is_told_and_the_chat_goes_on()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);
        var hangUps = 1;
        rig.Server.On<ReadInbox>(request => hangUps-- > 0 ? null : AnsweringServer.Usually(request));

        rig.Type("/inbox", "/inbox");

        // The loss is told by two who do not wait for each other.
        string[] told = [await rig.NextAsync(), await rig.NextAsync(), await rig.NextAsync(), await rig.NextAsync()];
        Assert.Contains("! Connection lost, reconnecting...", told);
        Assert.Contains("! The server closed the connection.", told);
        Assert.Contains("* Connected again.", told);
        Assert.Equal("* The inbox is empty.", told[^1]);
    }

    [Fact]
    public async Task A_session_that_is_taken_over_ends_the_chat_with_one_line()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        await rig.Server.PushAsync(new SessionClosed(SessionCloseReason.TakenOver));
        rig.Server.HangUp();

        Assert.Equal(ExitCode.Refused, await rig.Running.OrFail());
        Assert.Equal("jochat: The account has logged in elsewhere." + Environment.NewLine, rig.Error);
    }

    [Fact]
    public async Task A_server_that_is_gone_ends_the_chat_at_once_with_one_line()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Server.HangUp();

        Assert.Equal(ExitCode.Unreachable, await rig.Running.OrFail());
        Assert.Single(rig.Error.TrimEnd().Split('\n'));
    }
}
