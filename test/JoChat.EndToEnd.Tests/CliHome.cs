using System.Diagnostics;

namespace JoChat.EndToEnd.Tests;

/// <summary>A person's home folder and the real <c>jochat</c> processes that run in it, with the variables that a test
/// sets and nothing else of whoever runs the tests.</summary>
internal sealed class CliHome : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = [];

    static CliHome() => DefaultSignals.Restore();

    public string Path => _folder.Path;

    /// <summary>Sets an environment variable for the processes to come.</summary>
    public string this[string variable] { set => _variables[variable] = value; }

    public string File(string name) => _folder.File(name);

    /// <summary>Runs a verb that asks nothing.</summary>
    public Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunWithAsync("", arguments);

    /// <summary>Runs a verb to its end.</summary>
    /// <param name="input">What is piped in.</param>
    /// <param name="arguments">The command line.</param>
    public async Task<(int ExitCode, string Output, string Errors)> RunWithAsync(
        string input, params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync().OrFail();
        await process.WaitForExitAsync().OrFail();
        return (process.ExitCode, output, await errors);
    }

    public Process Start(string[] arguments)
    {
        string[] all = [System.IO.Path.Combine(AppContext.BaseDirectory, "jochat.dll"), .. arguments];
        var start = new ProcessStartInfo("dotnet", all)
        {
            WorkingDirectory = Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsPersonal).ToArray()) { start.Environment.Remove(name); }
        start.Environment["HOME"] = Path;
        foreach (var (name, value) in _variables) { start.Environment[name] = value; }
        return Process.Start(start)!; // null only for a process that is shared
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsPersonal(string name) =>
        name.StartsWith("XDG_", StringComparison.Ordinal) || name.StartsWith("JOCHAT", StringComparison.Ordinal);
}
