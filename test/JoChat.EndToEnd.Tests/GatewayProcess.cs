using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace JoChat.EndToEnd.Tests;

/// <summary>A real gateway process on a free port, in a folder of its own. What it writes to stderr is kept.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    static GatewayProcess() => DefaultSignals.Restore();

    private GatewayProcess(Process process) => _process = process;

    public int Port { get; private set; }

    public string FirstLine { get; private set; } = string.Empty;

    public string Errors
    {
        get { lock (_errors) { return _errors.ToString(); } }
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a gateway, or the store of a cluster, and waits until it listens. Arguments that begin with <c>JOCHAT__</c> become
    /// environment variables.</summary>
    public static async Task<GatewayProcess> StartAsync(string folder, params string[] arguments)
    {
        var gateway = Launch(folder, arguments);
        var line = await gateway._process.StandardOutput.ReadLineAsync().OrFail();
        if (line is null)
        {
            await gateway._process.WaitForExitAsync().OrFail();
            throw new InvalidOperationException($"The gateway did not start: {gateway.Errors}");
        }
        gateway.FirstLine = line;
        var address = line.Split([" listens on ", " is a store at "], StringSplitOptions.None)[1].Split(';')[0];
        gateway.Port = int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        return gateway;
    }

    /// <summary>Reads what it says behind its first line.</summary>
    public async Task<string> NextLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().OrFail() ?? throw new InvalidOperationException("It said no more.");

    /// <summary>Waits until a line of its log contains a text.</summary>
    public async Task LogLineAsync(string text)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Errors.Contains(text, StringComparison.Ordinal)) { await look.WaitForNextTickAsync(patience.Token); }
    }

    /// <summary>Runs a gateway that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string folder, params string[] arguments)
    {
        await using var gateway = Launch(folder, arguments);
        var output = await gateway._process.StandardOutput.ReadToEndAsync().OrFail();
        await gateway._process.WaitForExitAsync().OrFail();
        return (gateway._process.ExitCode, output, gateway.Errors);
    }

    /// <summary>Runs a command that is expected to do what it is asked.</summary>
    /// <returns>What it says.</returns>
    public static async Task<string> SucceedAsync(string folder, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(folder, arguments);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    /// <summary>Runs a command that is expected to fail, with nothing on stdout.</summary>
    /// <returns>What it says on stderr.</returns>
    public static async Task<string> FailAsync(int status, string folder, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(folder, arguments);
        Assert.Equal((status, ""), (exitCode, output));
        return errors;
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(int signal = SigTerm)
    {
        Signal(signal);
        await _process.WaitForExitAsync().OrFail();
        return _process.ExitCode;
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().OrFail();
        return _process.ExitCode;
    }

    /// <summary>Kills it as kill -9 does: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().OrFail();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { await KillAsync(); }
        _process.Dispose();
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>What it says on stderr that is more than information: faults and warnings.</summary>
    public string Complaints => string.Join('\n', Errors.Split('\n').Where(
        line => line.Length > 0 && !line.Contains(" info: ", StringComparison.Ordinal)));

    public const int SigHup = 1, SigInt = 2, SigTerm = 15;

    /// <summary>Starts one and waits for nothing.</summary>
    public static GatewayProcess Launch(string folder, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "jochat-gateway.dll");
        string[] port = arguments.Contains("--port") ? [] : ["--port", "0"];
        string[] http = arguments.Contains("--http-port") ? [] : ["--http-port", "0"];
        string[] always = [.. port, .. http, "--set", "jochat.accounts.password-iterations=1000"];
        // They stand alone: what is no option is a command.
        if (arguments is ["--version"] || (arguments is [var first, ..] && char.IsAsciiLetterLower(first[0]))) { always = []; }
        var start = new ProcessStartInfo("dotnet", [program, .. always, .. arguments.Where(IsArgument)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true, // no terminal, at which a command would ask
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in arguments.Where(argument => !IsArgument(argument)))
        {
            var parts = variable.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }
        var gateway = new GatewayProcess(new Process { StartInfo = start });
        gateway._process.ErrorDataReceived += (_, line) =>
        {
            lock (gateway._errors) { gateway._errors.AppendLine(line.Data); }
        };
        gateway._process.Start();
        gateway._process.BeginErrorReadLine();
        return gateway;
    }

    private static bool IsArgument(string argument) => !argument.StartsWith("JOCHAT__", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
