using JoChat.Protocol;

namespace JoChat.Cli.Tests;

/// <summary>The configuration file and what goes before it.</summary>
public sealed class UserConfigTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly AnsweringServer _server = new();

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("option", "--user", "option", "variable")]
    [InlineData("variable", "--profile", "work", "variable")]
    [InlineData("of the profile", "--profile", "work", null)]
    [InlineData("of the file", "--timeout", "5", null)]
    public async Task An_option_goes_before_a_variable_a_profile_and_the_file(
        string expected, string option, string value, string? variable)
    {
        Write($$"""
            port = {{_server.Port}}
            user = "of the file"
            profiles { work { user = "of the profile" } }
            """);

        await RunAsync(name => name == "JOCHAT_USER" ? variable : null, "login-check", option, value);

        Assert.Equal(expected, Assert.Single(_server.Requests.OfType<LogIn>()).Username);
    }

    [Fact]
    public async Task The_profile_may_be_named_by_a_variable_and_hold_a_host_with_a_port()
    {
        Write($$"""
            profiles { work { host = "127.0.0.1:{{_server.Port}}", user = ada, protocol = binary } }
            """);

        var run = await RunAsync(name => name == "JOCHAT_PROFILE" ? "work" : null, "login-check");

        Assert.Equal((ExitCode.Done, true), (run.ExitCode, _server.IsBinary));
    }

    [Theory]
    [InlineData("user = ada\nhots = x", ":2:1: there is no setting hots. Did you mean host?")]
    [InlineData("profiles { work { usr = x } }", ":1:19: there is no setting usr. Did you mean user?")]
    [InlineData("port = 99999", ":1:8: port: must be a whole number from 1 to 65535, not \"99999\".")]
    [InlineData("host = \"a b\"", ":1:8: host: \"a b\" is no server")]
    [InlineData("no-color = perhaps", ":1:12: no-color: must be on or off, not \"perhaps\".")]
    [InlineData("user = [ada]", ":1:8: user must be one value.")]
    [InlineData("user = {", ":1:")]
    public async Task A_fault_is_told_with_its_place(string text, string sentence)
    {
        Write(text);

        var run = await RunAsync(_ => null, "login-check");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("config.conf" + sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task An_unknown_profile_is_wrong_usage_and_guessed()
    {
        Write("profiles { work { user = ada } }");

        var run = await RunAsync(_ => null, "login-check", "--profile", "wrok");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("Did you mean work?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host", "", "--host: \"\" is no server: write HOST, HOST:PORT or [IPV6-ADDRESS]:PORT.")]
    [InlineData("--host", "http://x", "--host: \"http://x\" is no server: write ")]
    [InlineData("--host", "http://x:80/", "--host: \"http://x:80/\" is no server: write ")]
    [InlineData("--host", "//x", "--host: \"//x\" is no server: write ")]
    [InlineData("--host", "[::1", "--host: \"[::1\" is no server: write ")]
    [InlineData("--host", "x:", "--host: the port in \"x:\" must be a whole number from 1 to 65535, not \"\".")]
    [InlineData("--host", "x:99999", "--host: the port in \"x:99999\" must be a whole number from 1 to 65535, not \"99999\".")]
    [InlineData("--host", "[::1]:", "--host: the port in \"[::1]:\" must be a whole number from 1 to 65535, not \"\".")]
    [InlineData("--user", "", "--user: a name must not be empty.")]
    [InlineData("--user", "a\uFFFDb", "--user: a name must be valid UTF-8, without U+FFFD.")]
    [InlineData("--profile", "", "--profile: a name must not be empty.")]
    [InlineData("--password-file", "", "--password-file: must be the path of a file, not \"\".")]
    [InlineData("--ca-file", "", "--ca-file: must be the path of a file, not \"\".")]
    [InlineData("--port", "", "--port: must be a whole number from 1 to 65535, not \"\".")]
    [InlineData("--port", "99999999999999999999", "--port: must be a whole number from 1 to 65535, not \"99999999999999999999\".")]
    [InlineData("--timeout", "1e9", "--timeout: must be a whole number from 1 to 86400, not \"1e9\".")]
    [InlineData("--protocol", "", "--protocol: must be json or binary, not \"\".")]
    [InlineData("--limit", "", "--limit: must be a whole number from 1 to 2147483647, not \"\".")]
    [InlineData("--before", "", "--before: must be the id of a message, not \"\".")]
    [InlineData("--before", "-1", "--before: must be the id of a message, not \"-1\".")]
    [InlineData("--with", "", "--with: a name must not be empty.")]
    [InlineData("--tls-fingerprint", "", "--tls-fingerprint: must be SHA256: and 64 hexadecimal digits, not \"\".")]
    public async Task Empty_and_absurd_values_are_wrong_usage(string option, string value, string sentence)
    {
        foreach (var arguments in new string[][] { [option, value], [$"{option}={value}"] })
        {
            var run = await RunAsync(_ => null, ["inbox", .. arguments]);

            Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
            Assert.StartsWith("jochat: " + sentence, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
        }
    }

    [Theory]
    [InlineData("There is no command \"\".", "")]
    [InlineData("There is no option -- here.", "inbox", "--=x")]
    [InlineData("--json takes no value.", "inbox", "--json=")]
    [InlineData("ID: must be a whole number, not \"\".", "delete", "")]
    [InlineData("SHELL: must be bash, zsh or fish, not \"\".", "completion", "")]
    [InlineData("WHO: a name must not be empty.", "send", "", "hi")]
    [InlineData("--client-id: must be 1 to 64 bytes of UTF-8.", "send", "bob", "hi", "--client-id=")]
    [InlineData("--new-password-file: must be the path of a file, not \"\".", "password", "--user=ada", "--new-password-file=")]
    [InlineData("--notify: must be off, on or text, not \"\".", "--notify=")]
    [InlineData("--tls: must be on, off or require, not \"\".", "--tls=")]
    public async Task An_empty_word_is_told_by_what_it_stands_for(string sentence, params string[] arguments)
    {
        var run = await RunAsync(_ => null, arguments);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("jochat: " + sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_ports_are_wrong_usage()
    {
        var run = await RunAsync(_ => null, "inbox", "--host", "localhost:1", "--port", "2");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "jochat"));
        File.WriteAllText(Path.Combine(_folder.Path, "jochat", "config.conf"), text);
    }

    private Task<CliRun> RunAsync(Func<string, string?> variable, params string[] arguments)
    {
        var isGiven = arguments.Any(argument => argument.StartsWith("--password-file", StringComparison.Ordinal));
        string[] password = isGiven || arguments[0] == "completion" ? [] : ["--password-file", "-"];
        return CliRun.RunAsync(new StringReader("pw\n"), [.. arguments, .. password], environment => environment with
        {
            Variable = name => name == "XDG_CONFIG_HOME" ? _folder.Path : variable(name),
        });
    }
}
