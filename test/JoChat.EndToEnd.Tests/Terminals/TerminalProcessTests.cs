namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>The pseudo-terminal is one for the processes on it.</summary>
public sealed class TerminalProcessTests
{
    [LinuxFact("setsid")]
    public async Task A_shell_on_it_has_a_terminal_and_job_control()
    {
        await using var shell = TerminalProcess.Start("bash --norc --noprofile -i", columns: 60, rows: 10);
        await shell.SeeAsync("$", "#");

        await shell.TypeAsync("tty; stty size; echo $((6*7))\r");
        await shell.SeeAsync(shell.Terminal.Path);
        await shell.SeeAsync("10 60");
        await shell.SeeAsync("42");
        await shell.TypeAsync("sh -c 'echo begun; exec sleep 100'\r");
        await shell.SeeAsync(screen => screen.Rows.Contains("begun"), "begun");
        await shell.TypeAsync("\x1a");
        await shell.SeeAsync("Stopped");
        await shell.TypeAsync("exec sh -c 'exit 7'\r");

        Assert.Equal(7, await shell.EndAsync());
    }
}
