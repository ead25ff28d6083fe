using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace JoChat.EndToEnd.Tests;

/// <summary>A real <c>jochat</c> process with its input and output redirected, as a script or a pipe has it.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _lines = [];

    static CliProcess() => DefaultSignals.Restore();

    private CliProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs a verb to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(
        int port, string input, params string[] arguments) =>
        RunAsync(port, Encoding.UTF8.GetBytes(input + "\n"), arguments);

    /// <summary>Runs a verb to its end, with bytes that need not be text.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        int port, byte[] input, params string[] arguments)
    {
        await using var cli = Start(port, arguments);
        await cli._process.StandardInput.BaseStream.WriteAsync(input);
        cli._process.StandardInput.Close();
        var output = await cli._process.StandardOutput.ReadToEndAsync().OrFail();
        await cli._process.WaitForExitAsync().OrFail();
        return (cli._process.ExitCode, output, await cli._errors);
    }

    public static CliProcess Start(int port, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "jochat.dll");
        string[] timeout = arguments.Contains("--timeout") ? [] : ["--timeout", "50"];
        var start = new ProcessStartInfo(
            "dotnet", [program, "--port", port.ToString(CultureInfo.InvariantCulture), .. timeout, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of whoever runs the tests: neither their settings nor their logins.
        start.Environment["XDG_CONFIG_HOME"] = start.Environment["XDG_STATE_HOME"] =
            Path.Combine(Path.GetTempPath(), $"jochat-of-tests-{Environment.ProcessId}");
        return new CliProcess(Process.Start(start)!);
    }

    public async Task TypeAsync(params string[] lines)
    {
        foreach (var line in lines) { await _process.StandardInput.WriteLineAsync(line); }
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads on until a line holds this text.</summary>
    public async Task<string> SeeAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync().OrFail() is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) { return line; }
        }
        throw new InvalidOperationException(
            $"Never saw \"{text}\" but:\n{string.Join('\n', _lines)}\nerrors:\n{await _errors}");
    }

    /// <summary>What it wrote to stderr, once it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors.OrFail();

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().OrFail();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
