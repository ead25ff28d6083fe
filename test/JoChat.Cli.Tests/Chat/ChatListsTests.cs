using JoChat.Protocol;

namespace JoChat.Cli.Tests.Chat;

/// <summary>What the server knows, as the chat shows it. The clock stands at 15:06 on 4 March 2026, UTC.</summary>
public sealed class ChatListsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task History_shows_both_sides_and_more_what_is_older()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        HistoryMessage[] all = [.. Enumerable.Range(1, 25).Select(id => id % 2 == 0
            ? new HistoryMessage(id, "bob", "ada", $"text {id}", Noon, MessageState.Stored)
            : new HistoryMessage(id, "ada", "bob", $"text {id}", Noon, MessageState.Read))];
        rig.Server.On<ReadHistory>(read => new History(
            [.. all.Where(message => message.Id < (read.Before ?? long.MaxValue)).TakeLast(read.Count)]));

        rig.Type("/history bob");
        await rig.ExpectAsync([.. all.Skip(5).Select(Shown), "* There are more: /more"]);
        rig.Type("/more", "/more");
        await rig.ExpectAsync([.. all.Take(5).Select(Shown), "* There is no more."]);
        rig.Type("/query bob", "/history", "/history a b");
        await rig.NextAsync();
        await rig.ExpectAsync([.. all.Skip(5).Select(Shown), "* There are more: /more", "! Usage: /history [WHO]"]);

        static string Shown(HistoryMessage message) => message.Sender == "ada"
            ? $"[12:00] ada -> bob: {message.Content}"
            : $"[12:00] #{message.Id} bob: {message.Content}";
    }

    [Fact]
    public async Task A_history_that_the_server_cuts_for_its_size_still_leads_to_what_is_older()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        var text = new string('x', 65_000);
        rig.Server.On<ReadHistory>(read => new History([.. Enumerable.Range(1, 16).Select(
            id => new HistoryMessage(id, "bob", "ada", text, Noon, MessageState.Stored))]));

        rig.Type("/history bob");

        for (var shown = 0; shown < 16; shown++) { await rig.NextAsync(); }
        await rig.ExpectAsync("* There are more: /more");
    }

    [Fact]
    public async Task Conversations_tell_what_is_unread_and_the_last_message()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<ListConversations>(_ => new ConversationList(
        [
            new("bob", 2, new HistoryMessage(9, "bob", "ada", "Lunch?\nNow?", Noon, MessageState.Delivered)),
            new("cyd", 0, new HistoryMessage(8, "ada", "cyd", "Bye", Noon.AddDays(-1), MessageState.Read)),
        ]));

        rig.Type("/conversations");

        await rig.ExpectAsync(
            @"* bob (2 unread) [2026-03-04 12:00] Lunch?\nNow?", "* cyd [2026-03-03 12:00] -> Bye");
    }

    [Fact]
    public async Task Who_is_there_is_marked_and_whois_tells_of_one()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<ListAccounts>(list => new AccountsListed(
            list.Pattern is "ro?" ? [] : [new(1, "Bob"), new(2, "bobby")]));
        rig.Server.On<AskPresence>(ask => new PresenceOf([.. ask.Of.Where(name => name == "Bob")]));

        rig.Type("/who bob", "/whois bob", "/whois bobby", "/whois rob");

        await rig.ExpectAsync("* Bob (here)", "* bobby", "* Bob is here.", "* bobby is not here.", "! There is nobody called rob.");
    }

    [Fact]
    public async Task A_server_that_does_not_know_who_is_there_still_finds_people()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);
        rig.Server.On<ListAccounts>(_ => new AccountsListed([new(1, "bob")]));
        rig.Server.On<AskPresence>(ask => new Refused(ask.Operation, ErrorCode.UnknownOperation, "Unknown."));

        rig.Type("/who", "/query bob", "/conversations");

        string[] told = [await rig.NextAsync(), await rig.NextAsync(), await rig.NextAsync()];
        Assert.Equal(
            ["* There are no conversations yet.", "* What you type goes to bob now; /close ends that.", "* bob"],
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_person_is_told_that_the_one_they_write_to_comes_and_goes()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);

        rig.Type("/query Bob");
        await rig.ExpectAsync(
            "* What you type goes to bob now; /close ends that.", "* bob is not here; what you write waits for them.");
        await rig.Server.PushAsync(
            new PresenceChanged("eve", IsOnline: true),
            new PresenceChanged("bob", IsOnline: true),
            new PresenceChanged("bob", IsOnline: false));

        await rig.ExpectAsync("* bob is here.", "* bob has left.");
    }

    [Fact]
    public async Task A_person_is_told_who_has_deleted_the_account_and_a_script_is_not()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);
        await rig.Server.PushAsync(new AccountGone("eve"), new AccountGone("e\u202Ebil"));
        await rig.ExpectAsync("* eve deleted the account.", "* e\\u202Ebil deleted the account.");

        await using var script = await ChatRig.AsAdaAsync();
        await script.Server.PushAsync(new AccountGone("eve"));
        script.Type("/history bob");
        await script.ExpectAsync("* There is nothing between you and bob.");
    }

    [Fact]
    public async Task Who_does_not_exist_is_not_written_to_and_a_script_ends_with_that()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/query rob", "Hello?", "/history rob", "/history BOB");
        await rig.ExpectAsync("! There is nobody called rob.");
        Assert.StartsWith("! To whom?", await rig.NextAsync(), StringComparison.Ordinal);
        await rig.ExpectAsync("! There is nobody called rob.", "* There is nothing between you and bob.");

        rig.EndInput();
        Assert.Equal(ExitCode.NoSuchRecipient, await rig.Running.OrFail());
    }

    [Fact]
    public async Task Who_is_ignored_is_not_shown_until_they_are_no_more()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/ignore Eve", "/ignore");
        await rig.ExpectAsync("* You see nothing of Eve any more; /unignore Eve ends that.", "* Eve");
        await rig.Server.PushAsync(
            new MessageArrived(7, "eve", "ada", "spam", Noon, Away: false),
            new MessageArrived(8, "bob", "ada", "hi", Noon, Away: false));
        await rig.ExpectAsync("[12:00] #8 bob: hi");
        rig.Type("/unignore eve", "/unignore eve", "/ignore");
        await rig.ExpectAsync("* You see eve again; /history eve shows what came meanwhile.", "* You do not ignore eve.", "* You ignore nobody.");
    }

    [Fact]
    public async Task Who_is_blocked_is_told_to_the_server_and_listed()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<ListBlocked>(list => new BlockedListed(list.After is null or 0 ? [new(5, "eve")] : []));

        rig.Type("/block eve", "/blocked", "/unblock eve", "/unblock bob");

        await rig.ExpectAsync(
            "* eve cannot reach you any more, and is not told; /unblock eve ends that.",
            "* eve",
            "* eve can reach you again; what came meanwhile stays away.",
            "* bob is not blocked.");
        Assert.Equal("eve", Assert.Single(rig.Server.Requests.OfType<Block>()).Username);
        Assert.Equal(["eve", "bob"], rig.Server.Requests.OfType<Unblock>().Select(unblock => unblock.Username));
    }

    [Fact]
    public async Task Logins_are_listed_and_ended_and_ones_own_logs_out()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<ListLogins>(_ => new LoginsListed([
            new(7, "evil\e[2J", "192.0.2.7", Noon, Noon, IsOwn: false, IsConnected: true),
            new(9, "", "", Noon, Noon, IsOwn: true, IsConnected: true),
        ]));
        rig.Server.On<RevokeLogin>(revoke => new LoginRevoked(IsOwn: revoke.Login == 9));

        rig.Type("/sessions", "/revoke #7", "/revoke", "/revoke 9");

        await rig.ExpectAsync(
            @"* #7 last used 12:00 from 192.0.2.7, connected: evil\x1B[2J",
            "* #9 last used 12:00, this one",
            "* Login #7 has ended.",
            "! Usage: /revoke ID",
            "* Logged out.");
        Assert.Equal([7L, 9], rig.Server.Requests.OfType<RevokeLogin>().Select(request => request.Login!.Value));
    }

    [Fact]
    public async Task What_is_shown_counts_as_read_when_its_reader_enters_the_next_line()
    {
        await using var rig = await ChatRig.AsAdaAsync();
        await rig.Server.PushAsync(
            new MessageArrived(7, "bob", "ada", "one", Noon, Away: false),
            new MessageArrived(8, "bob", "ada", "two", Noon, Away: false));
        await rig.ExpectAsync("[12:00] #7 bob: one", "[12:00] #8 bob: two");
        Assert.Empty(rig.Server.Requests.OfType<MarkRead>());

        rig.Type("/conversations");
        await rig.ExpectAsync("* There are no conversations yet.");

        var mark = Assert.Single(rig.Server.Requests.OfType<MarkRead>());
        Assert.Equal(("bob", 8L), (mark.With, mark.Through));
    }

    [Fact]
    public async Task The_password_is_changed_when_both_new_ones_are_the_same()
    {
        await using var rig = await ChatRig.AsAdaAsync();

        rig.Type("/password", "pw", "new", "wen", "/password", "pw", "new", "new");

        await rig.ExpectAsync(
            "! The two passwords differ; the old one stays.",
            "* The password is changed. Every saved login has ended; see jochat login.");
        Assert.Single(rig.Server.Requests.OfType<ChangePassword>());
    }

    [Theory]
    [InlineData(ExitCode.Usage, "/nonsense", "/conversations")]
    [InlineData(ExitCode.Usage, "hello")]
    [InlineData(ExitCode.NoSuchRecipient, "/msg nobody hi", "/msg bob hi", "/nonsense")]
    [InlineData(ExitCode.Done, "/msg bob hi", "")]
    public async Task The_first_line_of_a_script_that_fails_decides_the_exit_code(int expected, params string[] lines)
    {
        await using var rig = await ChatRig.AsAdaAsync();
        rig.Server.On<SendMessage>(send => send.Recipient == "nobody"
            ? new Refused(send.Operation, ErrorCode.NoSuchRecipient, "Recipient does not exist.")
            : AnsweringServer.Usually(send));

        rig.Type(lines);
        rig.EndInput();

        Assert.Equal(expected, await rig.Running.OrFail());
    }
}
