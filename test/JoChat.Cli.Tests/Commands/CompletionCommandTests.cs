namespace JoChat.Cli.Tests.Commands;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Each_shells_script_knows_commands_and_options(string shell)
    {
        var run = await CliRun.RunAsync("completion", shell);

        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("delete-account", run.Output, StringComparison.Ordinal);
        Assert.Contains("--limit", run.Output, StringComparison.Ordinal);
        Assert.Contains("--tls", run.Output, StringComparison.Ordinal);
        Assert.Contains("json binary", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("OPTIONS", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("COMMANDS", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_is_wrong_usage()
    {
        Assert.Equal(ExitCode.Usage, (await CliRun.RunAsync("completion", "tcsh")).ExitCode);
    }
}
