using System.Diagnostics;
using System.Globalization;

namespace JoChat.EndToEnd.Tests;

/// <summary>What README.md shows to run, run as it stands there.</summary>
public sealed class ReadmeTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IDisposable
{
    // Runs the program that the tests have built in place of the build that the README's function begins with.
    private const string BuiltProgram = """
        dotnet() {
          [ "$1 $2 $3 $4" = "run --project src/JoChat.Cli --" ] || { echo "unexpected: dotnet $*"; exit 1; }
          command dotnet "$JOCHAT_DLL" "${@:5}"
        }

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact("bash")]
    public async Task The_scripts_need_no_password_and_end_listening()
    {
        await SignUpAsync("ada");
        await SignUpAsync("bob");
        var script = Path.Combine(_folder.Path, "readme.sh");
        await File.WriteAllTextAsync(script, BuiltProgram + Readme.Block("jochat() {"));

        using var bash = Start("bash", script);

        Assert.Equal(
            [
                $"Logged in as bob on 127.0.0.1:{gateway.Process.Port}, until jochat logout.",
                $"Logged in as ada on 127.0.0.1:{gateway.Process.Port}, until jochat logout.",
                "Sent to bob.", "Sent to bob.",
            ],
            await ReadAsync(bash, bash.StandardError, 4));
        var listed = await ReadAsync(bash, bash.StandardOutput, 4);
        Assert.Contains("\"content\":\"Lunch at noon?\"", listed[0], StringComparison.Ordinal);
        Assert.Equal(listed[..2], listed[2..]); // of the history, then as they are listened to
        bash.Kill(entireProcessTree: true);
    }

    [LinuxFact("dotnet")]
    [Trait("Speed", "Slow")]
    public async Task The_program_sends_and_receives()
    {
        await SignUpAsync("ada");
        var program = Readme.Block("#:project", "```csharp\n").Replace(
            "Host = \"127.0.0.1\"", $"Host = \"127.0.0.1\", Port = {gateway.Process.Port}", StringComparison.Ordinal);
        var file = Path.Combine(Readme.Root, $"hello-{Environment.ProcessId}.cs");
        await File.WriteAllTextAsync(file, program);
        try
        {
            using var hello = Start("dotnet", "run", file);

            var sent = Assert.Single(await ReadAsync(hello, hello.StandardOutput, 1));
            Assert.StartsWith("#", sent, StringComparison.Ordinal);
            await RunAsAsync("ada", "send", "cyd", "Hi");
            Assert.Equal(["ada: Hi"], await ReadAsync(hello, hello.StandardOutput, 1));
            hello.Kill(entireProcessTree: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task SignUpAsync(string name) => RunAsAsync(name, "signup");

    private async Task RunAsAsync(string user, params string[] arguments) => await CliProcess.RunAsync(
        gateway.Process.Port, "secret", [.. arguments, "--user", user, "--password-file", "-"]);

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var port = gateway.Process.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["JOCHAT_HOST"] = "127.0.0.1:" + port;
        start.Environment["JOCHAT_DLL"] = Path.Combine(AppContext.BaseDirectory, "jochat.dll");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // Nothing of whoever runs the tests, but their NuGet packages.
        foreach (var variable in new[] { "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME" })
        {
            start.Environment[variable] = _folder.Path;
        }
        if (program == "bash") { start.Environment["HOME"] = _folder.Path; }
        return Process.Start(start)!;
    }

    private static async Task<List<string>> ReadAsync(Process process, StreamReader from, int count)
    {
        List<string> lines = [];
        while (lines.Count < count)
        {
            var line = await from.ReadLineAsync().OrFail()
                ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync().OrFail());
            if (!line.Contains("\"note\"", StringComparison.Ordinal)) { lines.Add(line); }
        }
        return lines;
    }
}
