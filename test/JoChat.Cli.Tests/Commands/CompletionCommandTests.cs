using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Cli.Tests.Commands;

/// <summary>What the shells offer.</summary>
public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Each_shell_has_a_script_that_asks_for_what_fits(string shell)
    {
        var run = await CliRun.RunAsync("completion", shell);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("jochat __complete -- ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_is_wrong_usage()
    {
        Assert.Equal(ExitCode.Usage, (await CliRun.RunAsync("completion", "tcsh")).ExitCode);
    }

    [Theory]
    [InlineData("send sessions", "se")]
    [InlineData("send sessions", "--tls", "se")] // whose value is never a word of its own
    [InlineData("delete delete-account", "del")]
    [InlineData("--limit", "inbox", "--l")]
    [InlineData("--client-id", "send", "bob", "--cl")]
    [InlineData("", "send", "bob", "")] // a text is anything
    [InlineData("", "send", "--", "--cl")]
    [InlineData("bash fish zsh", "completion", "")]
    [InlineData("send sessions", "help", "se")]
    [InlineData("json", "inbox", "--protocol", "j")]
    [InlineData(":files", "inbox", "--password-file", "/e")]
    public async Task What_fits_is_offered(string expected, params string[] words)
    {
        var run = await CliRun.RunAsync(["__complete", "--", .. words]);

        var offered = run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Order();
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(), offered);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("--port", "{0}")]
    [InlineData("--port={0}")]
    [InlineData("--port={0}", "--tls=off")]
    public async Task People_are_those_that_one_talked_with(params string[] options)
    {
        await using var server = new AnsweringServer();
        using var folder = new TemporaryFolder();
        server.On<ListConversations>(_ => new ConversationList([new("bob", 0, null), new("Bea", 0, null), new("cyd", 0, null)]));
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        await RunAsync("login", "--user", "ada", "--password-file", "-", "--port", port);

        var given = options.Select(each => each.Replace("{0}", port, StringComparison.Ordinal));
        var run = await RunAsync(["__complete", "--", .. given, "send", "b"]);

        Assert.Equal(["bob", "Bea"], run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));

        Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(
            new StringReader("pw\n"), arguments, environment => environment with
            {
                Variable = name => name == "XDG_STATE_HOME" ? folder.Path : null,
            });
    }
}
