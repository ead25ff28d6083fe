using JoChat.Protocol;

namespace JoChat.Cli.Tests.Commands;

/// <summary>What each verb asks of the server and prints.</summary>
public sealed class VerbTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly AnsweringServer _server = new();

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // As an older server: it knows neither side sessions nor times.
    private void HasDelivered(params InboxMessage[] messages)
    {
        _server.On<Hello>(request => new Refused(request.Operation, ErrorCode.UnknownOperation, "Unknown."));
        _server.On<ListDelivered>(_ => new DeliveredListed([.. messages]));
    }

    [Fact]
    public async Task Sign_up_makes_the_account()
    {
        var run = await CliRun.AsAdaAsync(_server, "signup");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        var signUp = Assert.Single(_server.Requests.OfType<SignUp>());
        Assert.Equal("ada", signUp.Username);
    }

    [Fact]
    public async Task Login_check_prints_how_many_are_away()
    {
        _server.On<LogIn>(_ => new LoggedIn(3));

        var run = await CliRun.AsAdaAsync(_server, "login-check", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("""{"username":"ada","unread_count":3}""" + Environment.NewLine, run.Output);
    }

    [Theory]
    [InlineData("hi", "", "hi")]
    [InlineData("-", "typed\ntext\n", "typed\ntext")]
    [InlineData(null, "piped\r\n", "piped")]
    [InlineData(null, "two ends\n\n", "two ends\n")]
    public async Task Send_takes_the_text_from_the_line_or_the_input(string? text, string input, string expected)
    {
        var run = await CliRun.AsAdaAsync(_server, input, text is null ? ["send", "bob"] : ["send", "bob", text]);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Output));
        var send = Assert.Single(_server.Requests.OfType<SendMessage>());
        Assert.Equal(("ada", "bob", expected), (send.Sender, send.Recipient, send.Content));
    }

    [Fact]
    public async Task A_text_that_begins_with_an_at_sign_is_sent_as_it_is()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "secret");

        var run = await CliRun.AsAdaAsync(_server, "", ["send", "bob", $"@{file}"]);

        File.Delete(file);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal($"@{file}", Assert.Single(_server.Requests.OfType<SendMessage>()).Content);
    }

    [Theory]
    [InlineData(Limits.MaxContentBytes, ExitCode.Done)]
    [InlineData(Limits.MaxContentBytes + 1, ExitCode.Refused)]
    public async Task Send_reads_no_more_than_can_be_sent(int characters, int code)
    {
        var input = new string('x', characters) + "\r\n";

        var run = await CliRun.AsAdaAsync(_server, input, ["send", "bob"]);

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(code == ExitCode.Done, _server.Requests.OfType<SendMessage>().Any());
    }

    [Fact]
    public async Task A_verb_logs_out_before_it_ends()
    {
        await CliRun.AsAdaAsync(_server, "send", "bob", "hi");

        Assert.Equal(
            [Operation.Hello, Operation.LogIn, Operation.SendMessage, Operation.LogOut],
            _server.Requests.Select(request => request.Operation));
    }

    [Fact]
    public async Task A_refused_verb_logs_out_as_well()
    {
        _server.On<SendMessage>(
            request => new Refused(request.Operation, ErrorCode.NoSuchRecipient, "Recipient does not exist."));

        var run = await CliRun.AsAdaAsync(_server, "send", "bob", "hi");

        Assert.Equal((ExitCode.NoSuchRecipient, ""), (run.ExitCode, run.Output));
        Assert.Equal("jochat: Recipient does not exist." + Environment.NewLine, run.Error);
        Assert.Equal(Operation.LogOut, _server.Requests.Last().Operation);
    }

    [Fact]
    public async Task Inbox_prints_columns_parted_by_tabs_and_nothing_raw()
    {
        HasDelivered(new(1, "bob", "a\tb\e[2J"), new(2, "b\u202Eob", "two\nlines"));

        var run = await CliRun.AsAdaAsync(_server, "inbox");

        Assert.Equal(
            ["1\tbob\ta\\tb\\x1B[2J", "2\tb\\u202Eob\ttwo\\nlines", ""], run.Output.Split(Environment.NewLine));
    }

    [Fact]
    public async Task Inbox_as_json_is_one_exact_and_printable_object_a_line()
    {
        HasDelivered(new(1, "bob", "é🎉\n\u202E"), new(2, "eve", "x"));

        var run = await CliRun.AsAdaAsync(_server, "inbox", "--json");

        Assert.Equal(
            [
                """{"id":1,"sender":"bob","recipient":"ada","content":"é🎉\n\u202E","sent_at":null,"away":false}""",
                """{"id":2,"sender":"eve","recipient":"ada","content":"x","sent_at":null,"away":false}""",
                "",
            ],
            run.Output.Split(Environment.NewLine));
    }

    [Fact]
    public async Task On_a_terminal_lists_are_tables_without_colour_where_it_is_unwanted()
    {
        HasDelivered(new InboxMessage(1, "bob", "[red]hi[/]")); // no markup of ours
        var port = _server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string[] arguments = ["inbox", "--user", "ada", "--password-file", "-", "--port", port];

        var coloured = await CliRun.RunAsync(
            new StringReader("pw\n"), arguments, environment => environment with { IsOutputTerminal = true });
        var plain = await CliRun.RunAsync(new StringReader("pw\n"), arguments, environment =>
            environment with { IsOutputTerminal = true, Variable = name => name == "NO_COLOR" ? "1" : null });

        Assert.Contains('\e', coloured.Output);
        Assert.DoesNotContain('\e', plain.Output);
        Assert.Contains("[red]hi[/]", plain.Output, StringComparison.Ordinal);
        Assert.Contains("FROM", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Away_takes_as_many_as_the_limit_says()
    {
        _server.On<Hello>(request => new Refused(request.Operation, ErrorCode.UnknownOperation, "Unknown."));
        _server.On<FetchAway>(_ => new AwayFetched([new(5, "bob", "hi")]));

        var run = await CliRun.AsAdaAsync(_server, "away", "--limit", "7");

        Assert.Equal("5\tbob\thi" + Environment.NewLine, run.Output);
        Assert.Equal(7, Assert.Single(_server.Requests.OfType<FetchAway>()).Limit);
    }

    [Fact]
    public async Task Accounts_prints_the_page_asked_for()
    {
        _server.On<ListAccounts>(_ => new AccountsListed([new(2, "bob")]));

        var run = await CliRun.AsAdaAsync(_server, "accounts", "b*", "--start", "3", "--count", "4", "--json");

        Assert.Equal("""{"id":2,"username":"bob","present":false}""" + Environment.NewLine, run.Output);
        var list = Assert.Single(_server.Requests.OfType<ListAccounts>());
        Assert.Equal(("b*", 3L, 5L), (list.Pattern, list.Start, list.Count)); // one more, to know of the rest
    }

    [Fact]
    public async Task Delete_sends_all_ids()
    {
        var run = await CliRun.AsAdaAsync(_server, "delete", "3", "1", "--json");

        Assert.Equal("""{"deleted_count":2}""" + Environment.NewLine, run.Output);
        Assert.Equal<long>([3, 1], Assert.Single(_server.Requests.OfType<DeleteMessages>()).Ids);
    }

    [Theory]
    [InlineData("Deleted 1 message.", "delete", "7")]
    [InlineData("Deleted 2 messages.", "delete", "7", "8")]
    [InlineData("Deleted 2 messages.", "delete", "--from", "eve", "--yes")]
    public async Task Delete_tells_how_many(string sentence, params string[] arguments)
    {
        var run = await CliRun.AsAdaAsync(_server, arguments);

        Assert.Equal((ExitCode.Done, sentence + Environment.NewLine), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("bob", ExitCode.Done, "Deleted 0 messages.")]
    [InlineData("rob", ExitCode.NoSuchRecipient, "jochat: There is nobody called rob.")]
    public async Task Delete_from_somebody_who_has_sent_nothing_tells_if_there_is_nobody(
        string name, int code, string sentence)
    {
        _server.On<DeleteFrom>(_ => new DeletedFrom(0));

        var run = await CliRun.AsAdaAsync(_server, "delete", "--from", name, "--yes");

        Assert.Equal((code, sentence + Environment.NewLine), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Unblock_says_so_if_there_was_no_block()
    {
        _server.On<ListBlocked>(list => new BlockedListed(list.After is null or 0 ? [new(2, "Eve")] : []));

        var eve = await CliRun.AsAdaAsync(_server, "unblock", "eve");
        var bob = await CliRun.AsAdaAsync(_server, "unblock", "bob");

        Assert.Equal((ExitCode.Done, "Unblocked eve." + Environment.NewLine), (eve.ExitCode, eve.Error));
        Assert.Equal((ExitCode.Done, "bob is not blocked." + Environment.NewLine), (bob.ExitCode, bob.Error));
        Assert.Equal(["eve", "bob"], _server.Requests.OfType<Unblock>().Select(unblock => unblock.Username));
    }

    [Fact]
    public async Task Block_and_unblock_name_whom_and_blocked_lists_every_page()
    {
        _server.On<ListBlocked>(list => new BlockedListed(list.After switch
        {
            null or 0 => [new(2, "bob")],
            2 => [new(5, "eve")],
            _ => [],
        }));

        var block = await CliRun.AsAdaAsync(_server, "block", "eve");
        var unblock = await CliRun.AsAdaAsync(_server, "unblock", "eve", "--json");
        var blocked = await CliRun.AsAdaAsync(_server, "blocked");

        Assert.Equal("Blocked eve." + Environment.NewLine, block.Output + block.Error);
        Assert.Equal("eve", Assert.Single(_server.Requests.OfType<Block>()).Username);
        Assert.Equal("""{"unblocked":"eve"}""" + Environment.NewLine, unblock.Output);
        Assert.Equal("eve", Assert.Single(_server.Requests.OfType<Unblock>()).Username);
        Assert.Equal("2\tbob\t\n5\teve\t\n", blocked.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Sessions_lists_every_login_and_revoke_ends_the_one_named()
    {
        var noon = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
        _server.On<ListLogins>(_ => new LoginsListed([
            new(7, "tab\t\e[2J", "192.0.2.7", noon, noon.AddHours(1), IsOwn: false, IsConnected: true),
            new(9, "", "", noon, noon, IsOwn: true, IsConnected: true),
            new(8, "old/1", "192.0.2.8", noon, noon, IsOwn: false, IsConnected: false),
        ]));

        var sessions = await CliRun.AsAdaAsync(_server, "sessions");
        var json = await CliRun.AsAdaAsync(_server, "sessions", "--json");
        var revoke = await CliRun.AsAdaAsync(_server, "revoke", "7");
        var again = await CliRun.AsAdaAsync(_server, "revoke", "7", "--json");

        Assert.Equal(
            "7\t2026-01-02T13:00:00.000Z\t192.0.2.7\tconnected\ttab\\t\\x1B[2J\n"
            + "9\t2026-01-02T12:00:00.000Z\t\tthis one\t\n8\t2026-01-02T12:00:00.000Z\t192.0.2.8\t\told/1\n",
            sessions.Output.ReplaceLineEndings("\n"));
        Assert.StartsWith(
            """
            {"id":7,"client":"tab\t\u001B[2J","address":"192.0.2.7","created_at":"2026-01-02T12:00:00.000Z",
            "used_at":"2026-01-02T13:00:00.000Z","own":false,"connected":true}
            """.ReplaceLineEndings(""),
            json.Output, StringComparison.Ordinal);
        Assert.Equal("Ended login 7." + Environment.NewLine, revoke.Output + revoke.Error);
        Assert.Equal("""{"revoked":7,"own":false}""" + Environment.NewLine, again.Output);
        Assert.All(_server.Requests.OfType<RevokeLogin>(), request => Assert.Equal(7, request.Login));
    }

    [Fact]
    public async Task Delete_from_needs_a_yes_when_there_is_nobody_to_ask()
    {
        var refused = await CliRun.AsAdaAsync(_server, "delete", "--from", "eve");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Empty(_server.Requests);

        var done = await CliRun.AsAdaAsync(_server, "delete", "--from", "eve", "--yes", "--json");

        Assert.Equal("""{"deleted_count":2}""" + Environment.NewLine, done.Output);
        Assert.Equal("eve", Assert.Single(_server.Requests.OfType<DeleteFrom>()).Username);
    }

    [Fact]
    public async Task Delete_account_needs_a_yes_when_there_is_nobody_to_ask()
    {
        var refused = await CliRun.AsAdaAsync(_server, "delete-account");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Empty(_server.Requests);

        var done = await CliRun.AsAdaAsync(_server, "delete-account", "--yes");
        Assert.Equal(ExitCode.Done, done.ExitCode);
        // Deleting the account has logged it out.
        Assert.Equal([Operation.Hello, Operation.LogIn, Operation.DeleteAccount], _server.Requests.Select(one => one.Operation));
    }

    [Theory]
    [InlineData("bob\n", ExitCode.Refused, false)]
    [InlineData("ada\n", ExitCode.Done, true)]
    public async Task Delete_account_asks_a_person_for_the_name(string typed, int code, bool isDeleted)
    {
        var port = _server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var run = await CliRun.RunAsync(
            new StringReader("pw\n" + typed),
            ["delete-account", "--user", "ada", "--password-file", "-", "--port", port],
            environment => environment with { IsInputTerminal = true });

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(isDeleted, _server.Requests.Any(request => request is DeleteAccount));
    }

    [Fact]
    public async Task While_the_account_has_another_session_login_is_tried_again_for_a_while()
    {
        var refusals = 3;
        _server.On<LogIn>(request => refusals-- > 0
            ? new Refused(request.Operation, ErrorCode.AlreadyLoggedIn, "This user is already logged in.")
            : AnsweringServer.Usually(request));

        var run = await CliRun.AsAdaAsync(_server, "login-check");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(4, _server.Requests.Count(request => request is LogIn));
    }

    [Fact]
    public async Task A_session_that_does_not_end_refuses_the_login_at_last()
    {
        _server.Answer = request => new Refused(request.Operation, ErrorCode.AlreadyLoggedIn, "Logged in elsewhere.");

        var run = await CliRun.AsAdaAsync(_server, "login-check");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.InRange(_server.Requests.Count, 3, 20); // neither once, nor without a pause between
    }

    [Theory]
    [InlineData(ErrorCode.BadCredentials, ExitCode.NotLoggedIn)]
    [InlineData(ErrorCode.NotLoggedIn, ExitCode.NotLoggedIn)]
    [InlineData(ErrorCode.NoSuchRecipient, ExitCode.NoSuchRecipient)]
    [InlineData(ErrorCode.NoSuchSession, ExitCode.NoSuchRecipient)]
    [InlineData(ErrorCode.Busy, ExitCode.Refused)]
    [InlineData(ErrorCode.StorageUnavailable, ExitCode.Refused)]
    public async Task Each_refusal_has_its_exit_code(ErrorCode refusal, int code)
    {
        _server.On<SendMessage>(request => new Refused(request.Operation, refusal, "No."));

        Assert.Equal(code, (await CliRun.AsAdaAsync(_server, "send", "bob", "hi")).ExitCode);
    }
}
