using System.Diagnostics;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>A server that somebody has started by hand in a window.</summary>
public sealed class ServerAtTerminalTests
{
    [LinuxFact("setsid")]
    public async Task SIGHUP_has_it_read_its_settings_while_its_terminal_is_there_and_ends_it_with_its_terminal()
    {
        using var folder = new TemporaryFolder();
        var program = Path.Combine(AppContext.BaseDirectory, "jochat-gateway.dll");
        await using var shell = TerminalProcess.Start(
            $"dotnet '{program}' --port 0 --http-port 0 --db '{folder.File("chat.db")}'", columns: 200);
        await shell.SeeAsync("messages are kept in");
        using var server = Process.GetProcessById(shell.ProcessId);

        shell.Signal(TerminalProcess.SigHup);
        await shell.SeeAsync("The settings were read again");
        Assert.False(server.HasExited);

        shell.HangUp();

        await server.WaitForExitAsync().OrFail();
    }
}
