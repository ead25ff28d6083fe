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
    [InlineData("port = 99999", ":1:8: port: must be a whole number from 1 to 65535, not 99999.")]
    [InlineData("host = \"a b\"", ":1:8: host: \"a b\" is no server")]
    [InlineData("tls = perhaps", ":1:7: tls: --tls is on, off or require.")]
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
    [InlineData("--host", "")]
    [InlineData("--user", "")]
    [InlineData("--user", "a\uFFFDb")]
    [InlineData("--password-file", "")]
    [InlineData("--port", "")]
    [InlineData("--port", "99999999999999999999")]
    [InlineData("--timeout", "1e9")]
    public async Task Empty_and_absurd_values_are_wrong_usage(string option, string value)
    {
        var run = await RunAsync(_ => null, "inbox", option, value);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.TrimEnd().Split('\n'));
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
        string[] password = arguments.Contains("--password-file") ? [] : ["--password-file", "-"];
        return CliRun.RunAsync(new StringReader("pw\n"), [.. arguments, .. password], environment => environment with
        {
            Variable = name => name == "XDG_CONFIG_HOME" ? _folder.Path : variable(name),
        });
    }
}
