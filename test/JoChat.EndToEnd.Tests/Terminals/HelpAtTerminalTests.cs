using System.Globalization;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>What a newcomer reads first.</summary>
[Trait("Speed", "Slow")]
public sealed class HelpAtTerminalTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const string Enter = "\r";

    [LinuxFact("setsid")]
    public async Task It_fits_on_a_screen()
    {
        await using var help = TerminalProcess.Start(TerminalProcess.ChatCommandLine("--help"));

        Assert.Equal(0, await help.EndAsync());

        var rows = help.Look(screen => screen.Rows);
        Assert.StartsWith("Examples:", rows[0], StringComparison.Ordinal);
        Assert.InRange(rows.Count, 10, 24); // the last one is the shell's
        Assert.All(rows, row => Assert.InRange(row.Length, 0, 79)); // a full row may have been wrapped
    }

    [LinuxFact("bash")]
    public async Task Its_examples_run_as_shown()
    {
        await using var shell = TerminalProcess.Start("bash --norc --noprofile -i");
        await shell.SeeAsync("$", "#");
        await shell.TypeAsync("PS1='$? '; bind 'set enable-bracketed-paste off'; clear\r");
        await shell.SeeLineAsync("0");
        var server = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gateway.Process.Port}");
        await shell.TypeAsync(
            $"jochat() {{ JOCHAT_HOST={server} {TerminalProcess.ChatCommandLine()} \"$@\"; }}; clear; echo ready\r");
        await shell.SeeAsync(screen => screen.Rows.Contains("ready"), "ready");
        await shell.SeeLineAsync("0");
        var (_, help, _) = await CliProcess.RunAsync(gateway.Process.Port, "", "--help");
        var examples = help.Split("\n\n")[0].Split('\n')[1..].Select(line => line.Trim().Split("   ")[0]).ToArray();
        Assert.Equal(6, examples.Length);
        await CliProcess.RunAsync(gateway.Process.Port, "pw", "signup", "--user", "bob", "--password-file", "-");

        foreach (var example in examples)
        {
            await shell.TypeAsync("clear; " + example);
            await shell.SeeLineAsync("0 clear; " + example);
            await shell.TypeAsync(Enter);
            string[] questions = example.Split(' ') switch
            {
                [_, "signup", ..] => ["Password:", "Repeat the password:"],
                [_, "login", ..] => ["Password:"],
                ["jochat"] => ["ada>"],
                _ => [],
            };
            foreach (var question in questions)
            {
                await shell.SeeLineAsync(question);
                await shell.TypeAsync((question == "ada>" ? "/quit" : "pw") + Enter);
            }
            await shell.SeeLineAsync("0");
        }

        var history = await CliProcess.RunAsync(
            gateway.Process.Port, "pw", "history", "ada", "--user", "bob", "--password-file", "-");
        Assert.Equal(2, history.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("\tSee you at eight\n", history.Output, StringComparison.Ordinal);
    }
}
