using System.Diagnostics;
using System.Globalization;

namespace JoChat.EndToEnd.Tests;

/// <summary>The client that docs/protocol.md shows, run as it stands there.</summary>
public sealed class DocumentedClientTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [LinuxFact("python3")]
    public async Task Client_in_fifty_lines_of_Python_signs_up_sends_and_receives()
    {
        var start = new ProcessStartInfo("python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var port = gateway.Process.Port.ToString(CultureInfo.InvariantCulture);
        foreach (var argument in new[] { "-", "127.0.0.1", port }) { start.ArgumentList.Add(argument); }
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync();
        var errors = python.StandardError.ReadToEndAsync();

        await python.StandardInput.WriteAsync(Program());
        python.StandardInput.Close();
        await python.WaitForExitAsync().OrFail();

        Assert.Equal((0, "ada: Hi, Bob!", string.Empty), (python.ExitCode, (await output).Trim(), await errors));
    }

    [Fact]
    public void It_has_no_more_than_fifty_lines() =>
        Assert.InRange(Program().Split('\n').Count(line => line.Trim().Length > 0), 1, 50);

    private static string Program()
    {
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md"));
        var program = document[(document.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length)..];
        return program[..program.IndexOf("```", StringComparison.Ordinal)];
    }
}
