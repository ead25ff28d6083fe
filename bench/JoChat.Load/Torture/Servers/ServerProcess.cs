using System.Diagnostics;

namespace JoChat.Load.Torture;

/// <summary>One process of the server, which ends by kill -9.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int MostErrors = 20;
    private readonly Process _process;
    private readonly Counts _counts;
    private readonly Queue<string> _errors = [];
    private readonly TaskCompletionSource<bool> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the process.</summary>
    /// <param name="arguments">A program of this program's folder, and what it is given.</param>
    /// <param name="counts">Where faults of its store are counted.</param>
    public ServerProcess(string[] arguments, Counts counts)
    {
        _counts = counts;
        _process = new Process
        {
            EnableRaisingEvents = true,
            StartInfo = new ProcessStartInfo(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, arguments[0]), .. arguments[1..]])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => TakeError(line.Data);
        _process.Exited += (_, _) => _listens.TrySetResult(false);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>True once it listens; false if it ended before.</summary>
    public Task<bool> Listens => _listens.Task;

    public bool HasEnded => _process.HasExited;

    /// <summary>Its last lines on standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) { return string.Join(Environment.NewLine, _errors); }
        }
    }

    /// <summary>kill -9, and waits until it is gone: then its port and its file are free.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) { _process.Kill(); }
        _process.Dispose();
    }

    private void TakeOutput(string? line)
    {
        if (line is null) { return; }
        if (line == FaultyStore.FaultLine) { _counts.Add(Count.StoreFault); }
        else if (line.Contains(" listens on ", StringComparison.Ordinal)) { _listens.TrySetResult(true); }
    }

    private void TakeError(string? line)
    {
        if (line is null) { return; }
        lock (_errors)
        {
            if (_errors.Count == MostErrors) { _errors.Dequeue(); }
            _errors.Enqueue(line);
        }
    }
}
