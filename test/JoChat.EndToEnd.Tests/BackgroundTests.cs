using System.Diagnostics;
using System.Globalization;

namespace JoChat.EndToEnd.Tests;

/// <summary>These tests may run in the background of a script, where the shell has SIGINT and SIGQUIT ignored, which every
/// child inherits.</summary>
public sealed class BackgroundTests
{
    [LinuxFact("sh")]
    public async Task The_processes_of_the_tests_hear_the_signals_that_are_sent_to_them()
    {
        DefaultSignals.Restore();
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "grep SigIgn: /proc/self/status"])
        {
            RedirectStandardOutput = true,
        })!;

        var mask = (await shell.StandardOutput.ReadToEndAsync().OrFail()).Split(':')[1].Trim();

        const ulong InterruptAndQuit = 0b110;
        Assert.Equal(0UL, ulong.Parse(mask, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & InterruptAndQuit);
    }
}
