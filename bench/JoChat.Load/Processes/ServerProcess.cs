using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace JoChat.Load;

/// <summary>A server that runs as a process of its own, from this program's folder.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15, MostErrors = 20;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure
    private static readonly string[] Beginnings = [" listens on ", " is a store at "];
    private readonly Queue<string> _errors = [];
    private readonly TaskCompletionSource<int?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string>? _onOutput;

    private ServerProcess(ProcessStartInfo start, Action<string>? onOutput)
    {
        _onOutput = onOutput;
        Process = new Process { StartInfo = start, EnableRaisingEvents = true };
        Process.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        Process.ErrorDataReceived += (_, line) => TakeError(line.Data);
        Process.Exited += (_, _) => _listening.TrySetResult(null);
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    public Process Process { get; }

    /// <summary>The port, once it listens; null if the process ended before.</summary>
    public Task<int?> Listening => _listening.Task;

    /// <summary>Its last lines on standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) { return string.Join(Environment.NewLine, _errors); }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its file in this program's folder.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="onOutput">Is given each line that it writes.</param>
    /// <param name="within">A command to begin with, which becomes the program.</param>
    public static ServerProcess Start(
        string program, IEnumerable<string> arguments, Action<string>? onOutput = null, params string[] within)
    {
        string[] command = [.. within, "dotnet", Path.Combine(AppContext.BaseDirectory, program), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, // its end tells the echo server that this program is gone
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in LoadConnection.OneThread.Keys) { start.Environment.Remove(name); }
        return new ServerProcess(start, onOutput);
    }

    /// <summary>Waits until it listens.</summary>
    /// <returns>Its port.</returns>
    /// <exception cref="LoadFailedException">It ended instead.</exception>
    public async Task<int> ListenAsync(TimeSpan timeout, CancellationToken cancellation) =>
        await Listening.WaitAsync(timeout, cancellation)
            ?? throw new LoadFailedException($"the server did not start: {Errors}");

    /// <summary>Asks it to stop, as a service manager does, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        if (Signal(Process.Id, SigTerm) != 0) { throw new LoadFailedException($"a server has ended: {Errors}"); }
        await Process.WaitForExitAsync().WaitAsync(StopTimeout);
    }

    /// <summary>kill -9, and waits until it is gone: then its port and its file are free.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, and kills it if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited && Signal(Process.Id, SigTerm) == 0)
        {
            try
            {
                await Process.WaitForExitAsync().WaitAsync(StopTimeout);
            }
            catch (TimeoutException)
            {
                await Console.Error.WriteLineAsync(
                    $"A server did not stop within {StopTimeout} and was killed; it said: {Errors}");
                Process.Kill();
            }
        }
        Process.Dispose();
    }

    // "… listens on ADDRESS:PORT" or "… listens on ADDRESS:PORT; …"; of a store "… is a store at ADDRESS:PORT; …"
    private void TakeOutput(string? line)
    {
        if (line is null) { return; }
        _onOutput?.Invoke(line);
        if (!Beginnings.Any(words => line.Contains(words, StringComparison.Ordinal))) { return; }
        var address = line.Split(';')[0];
        _listening.TrySetResult(int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
    }

    private void TakeError(string? line)
    {
        if (line is null) { return; }
        _onOutput?.Invoke(line);
        lock (_errors)
        {
            if (_errors.Count == MostErrors) { _errors.Dequeue(); }
            _errors.Enqueue(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);
}
