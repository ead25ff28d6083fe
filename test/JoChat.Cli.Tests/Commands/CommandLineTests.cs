using System.Globalization;
using System.Net;
using System.Net.Sockets;
using JoChat.Cli.Tests.Terminals;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Commands;

/// <summary>How the command line is read, and what happens before the server is asked.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("send")]
    [InlineData("delete")]
    [InlineData("delete", "seven")]
    [InlineData("delete", "7", "--from", "eve")]
    [InlineData("away", "--limit", "-1")]
    [InlineData("away", "--limit", "many")]
    [InlineData("away", "--limit")]
    [InlineData("inbox", "--port", "0")]
    [InlineData("inbox", "--port", "65536")]
    [InlineData("inbox", "--timeout", "0")]
    [InlineData("inbox", "--protocol", "bare")]
    [InlineData("inbox", "--password", "secret")] // there is no such option, on purpose
    [InlineData("inbox", "--user", "ada")] // nobody to ask for the password
    [InlineData("inbox", "--password-file", "-")] // nobody to ask for the name
    [InlineData("inbox", "--user", "ada", "--password-file", "/nonexistent")]
    [InlineData("--json")] // the chat has none
    public async Task Wrong_usage_is_told_on_standard_error(params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("jochat: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_without_text_at_a_terminal_is_wrong_usage()
    {
        var run = await CliRun.RunAsync(TextReader.Null, ["send", "bob", "--user", "ada"], environment =>
            environment with { IsInputTerminal = true });

        Assert.Equal(ExitCode.Usage, run.ExitCode);
    }

    [Fact]
    public async Task An_id_that_is_no_number_is_named()
    {
        var run = await CliRun.RunAsync("delete", "3", "seven");

        Assert.StartsWith("jochat: ID: must be a whole number, not \"seven\".", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inbox")]
    [InlineData("signup")]
    [InlineData]
    public async Task A_server_that_is_not_there_is_unreachable(params string[] verb)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        taken.Stop();

        var run = await CliRun.RunAsync(
            new StringReader("pw\n"), [.. verb, "--user", "ada", "--password-file", "-", "--port", port]);

        Assert.Equal((ExitCode.Unreachable, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_unreachable()
    {
        await using var server = new AnsweringServer { Answer = _ => null };

        var run = await CliRun.AsAdaAsync(server, "inbox");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
    }

    [Fact]
    public async Task A_wrong_password_is_not_logged_in()
    {
        await using var server = new AnsweringServer
        {
            Answer = request => new Refused(request.Operation, ErrorCode.BadCredentials, "Wrong."),
        };

        var run = await CliRun.AsAdaAsync(server, "inbox");

        Assert.Equal(ExitCode.NotLoggedIn, run.ExitCode);
    }

    [Theory]
    [InlineData("json", false)]
    [InlineData("binary", true)]
    public async Task The_protocol_is_the_one_asked_for(string protocol, bool isBinary)
    {
        await using var server = new AnsweringServer();

        var run = await CliRun.AsAdaAsync(server, "send", "bob", "hi", "--protocol", protocol);

        Assert.Equal((ExitCode.Done, isBinary), (run.ExitCode, server.IsBinary));
        Assert.Equal("hi", server.Requests.OfType<SendMessage>().Single().Content);
    }

    [Fact]
    public async Task With_tls_a_server_without_it_is_unreachable()
    {
        await using var server = new AnsweringServer { Answer = _ => null };

        var run = await CliRun.AsAdaAsync(server, "inbox", "--tls");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_user_may_come_from_the_variable_and_the_option_goes_before_it()
    {
        await using var server = new AnsweringServer();
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["login-check", "--password-file", "-", "--port", port];

        await CliRun.RunAsync(new StringReader("pw\n"), arguments, WithUser);
        await CliRun.RunAsync(new StringReader("pw\n"), [.. arguments, "--user", "ada"], WithUser);

        Assert.Equal(["eve", "ada"], server.Requests.OfType<LogIn>().Select(login => login.Username));

        static CliEnvironment WithUser(CliEnvironment environment) =>
            environment with { Variable = name => name == "JOCHAT_USER" ? "eve" : null };
    }

    [Fact]
    public async Task The_password_is_the_first_line_of_its_file()
    {
        await using var server = new AnsweringServer();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "pw\nnot this\n");

        await CliRun.RunAsync("login-check", "--user", "ada", "--password-file", file,
            "--port", server.Port.ToString(CultureInfo.InvariantCulture));
        File.Delete(file);
        await CliRun.AsAdaAsync(server, "login-check");

        var logins = server.Requests.OfType<LogIn>().ToList();
        Assert.Equal(logins[1].Password, logins[0].Password);
    }

    [Fact]
    public async Task A_person_is_asked_for_what_is_missing_and_a_new_password_twice()
    {
        await using var server = new AnsweringServer();
        var port = server.Port.ToString(CultureInfo.InvariantCulture);

        var done = await CliRun.RunAsync(
            new StringReader("ada\n"), ["signup", "--port", port], environment => WithKeys(environment, "pw\rpw\r"));
        var mistyped = await CliRun.RunAsync(
            new StringReader("ada\n"), ["signup", "--port", port], environment => WithKeys(environment, "pw\rwp\r"));

        Assert.Equal((ExitCode.Done, ExitCode.Usage), (done.ExitCode, mistyped.ExitCode));
        Assert.Equal("ada", Assert.Single(server.Requests.OfType<SignUp>()).Username);
        Assert.Contains("Username: ", done.Error, StringComparison.Ordinal);

        static CliEnvironment WithKeys(CliEnvironment environment, string typed) =>
            environment with { IsInputTerminal = true, Device = new FakeDevice(typed) };
    }

    [Theory]
    [InlineData("signup")]
    [InlineData("login-check")]
    public async Task A_name_is_taken_without_the_blanks_around_it(string verb)
    {
        await using var server = new AnsweringServer();
        var port = server.Port.ToString(CultureInfo.InvariantCulture);

        await CliRun.RunAsync(
            new StringReader(" ada\t\n"), [verb, "--port", port],
            environment => environment with { IsInputTerminal = true, Device = new FakeDevice("pw\rpw\r") });
        await CliRun.RunAsync(
            new StringReader("pw\n"), [verb, "--port", port, "--user", "\u00A0ada ", "--password-file", "-"]);

        var names = server.Requests.Select(request => (request as SignUp)?.Username ?? (request as LogIn)?.Username);
        Assert.Equal(["ada", "ada"], names.OfType<string>());
    }

    [Fact]
    public async Task Help_begins_with_examples_and_lists_the_exit_codes()
    {
        var run = await CliRun.RunAsync("--help");

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", run.Output, StringComparison.Ordinal);
        Assert.All(
            [ExitCode.Done, ExitCode.Refused, ExitCode.Usage, ExitCode.Unreachable, ExitCode.NotLoggedIn,
                ExitCode.NoSuchRecipient, ExitCode.Interrupted],
            code => Assert.Contains(
                $"  {code.ToString(CultureInfo.InvariantCulture)} ",
                run.Output,
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_overview_fits_a_terminal_of_80_columns_and_24_rows_with_a_prompt_below()
    {
        var lines = (await CliRun.RunAsync("--help")).Output.TrimEnd().Split(Environment.NewLine);

        Assert.InRange(lines.Length, 1, 23);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("send", "0 1 2 3 4 6 130")]
    [InlineData("away", "0 1 2 3 4 130")]
    [InlineData("inbox", "0 1 2 3 4 130")]
    [InlineData("listen", "1 2 3 4 130")] // it has no end that is no failure
    [InlineData("history", "0 1 2 3 4 6 130")]
    [InlineData("conversations", "0 1 2 3 4 130")]
    [InlineData("read", "0 1 2 3 4 6 130")]
    [InlineData("delete", "0 1 2 3 4 6 130")]
    [InlineData("accounts", "0 1 2 3 4 130")]
    [InlineData("whois", "0 1 2 3 4 6 130")]
    [InlineData("sessions", "0 1 2 3 4 130")]
    [InlineData("revoke", "0 1 2 3 4 6 130")]
    [InlineData("block", "0 1 2 3 4 6 130")]
    [InlineData("unblock", "0 1 2 3 4 130")]
    [InlineData("blocked", "0 1 2 3 4 130")]
    [InlineData("signup", "0 1 2 3 130")]
    [InlineData("login", "0 1 2 3 4 130")]
    [InlineData("logout", "0 1 2 3 4 130")]
    [InlineData("login-check", "0 1 2 3 4 130")]
    [InlineData("password", "0 1 2 3 4 130")]
    [InlineData("delete-account", "0 1 2 3 4 130")]
    [InlineData("completion", "0 1 2 130")]
    [InlineData("help", "0 1 2 130")]
    public async Task The_help_of_a_command_has_an_example_and_the_exit_codes_that_can_occur(string verb, string codes)
    {
        var help = (await CliRun.RunAsync(verb, "--help")).Output.ReplaceLineEndings("\n");

        var example = verb == "completion" ? "eval" : $"jochat {verb}";
        Assert.Contains($"Examples:\n  {example}", help, StringComparison.Ordinal);
        var listed = help[help.IndexOf("Exit codes:\n", StringComparison.Ordinal)..].Trim().Split('\n')[1..];
        Assert.Equal(codes, string.Join(' ', listed.Select(line => line.Trim().Split(' ')[0])));
    }

    [Theory]
    [InlineData("--help", "help")]
    [InlineData("send --help", "help send")]
    [InlineData("help --help", "help help")]
    public async Task Help_is_a_command_as_well(string option, string command)
    {
        var run = await CliRun.RunAsync(command.Split(' '));

        Assert.Equal(await CliRun.RunAsync(option.Split(' ')), run);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Help_about_what_is_no_command_is_wrong_usage()
    {
        var run = await CliRun.RunAsync("help", "sned");

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("jochat: There is no command \"sned\".", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_may_take_is_refused_before_a_password_is_asked_for()
    {
        var run = await CliRun.RunAsync(
            new StringReader("admin\n"), ["signup"],
            environment => environment with { IsInputTerminal = true, Device = new FakeDevice("pw\rpw\r") });

        Assert.Equal((ExitCode.Refused, ""), (run.ExitCode, run.Output));
        Assert.EndsWith("jochat: Username must not look like a reserved one." + Environment.NewLine, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_may_be_left_out_is_shown_in_brackets_behind_its_option()
    {
        var help = (await CliRun.RunAsync("send", "--help")).Output;

        Assert.Matches(@"\n  --tls\[=require\|off\]  +Speak TLS; ", help);
    }

    [Fact]
    public async Task Takeover_is_an_option_of_the_chat_alone()
    {
        var run = await CliRun.RunAsync("send", "bob", "hi", "--takeover");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
    }

    [Theory]
    [InlineData(true, false, "xterm", null, true)]
    [InlineData(false, false, "xterm", null, false)]
    [InlineData(true, true, "xterm", null, false)]
    [InlineData(true, false, "dumb", null, false)]
    [InlineData(true, false, "xterm", "1", false)]
    [InlineData(true, false, "xterm", "", true)]
    public void Colour_is_for_terminals_that_want_it(
        bool isTerminal, bool isForbidden, string terminal, string? noColor, bool expected)
    {
        var environment = new CliEnvironment
        {
            In = TextReader.Null,
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            IsOutputTerminal = isTerminal,
            Variable = name => name switch { "TERM" => terminal, "NO_COLOR" => noColor, _ => null },
        };

        Assert.Equal(expected, environment.IsColourWanted(isForbidden));
    }
}
