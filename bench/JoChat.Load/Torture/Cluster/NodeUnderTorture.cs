using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace JoChat.Load.Torture;

/// <summary>A node of a cluster: a process that is started again whenever it ends, as by a unit.</summary>
/// <param name="name">What it is called in findings.</param>
/// <param name="start">Starts the process, which tells each line of its output.</param>
/// <param name="counts">Counts what becomes of it.</param>
/// <param name="noteFault">Is told what it did that it must not.</param>
internal sealed partial class NodeUnderTorture(
    string name, Func<Action<string>, ServerProcess> start, Counts counts, Action<string> noteFault) : IAsyncDisposable
{
    private const int Left = 75, Killed = 137;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private ServerProcess? _process; // null between two
    private Task _supervising = Task.CompletedTask;
    private long _epoch;
    private string? _sent; // the signal that ends the process

    /// <summary>The epoch with which it wrote last; 0: it did not.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Starts it, for ever.</summary>
    public void Start() => _supervising = SuperviseAsync();

    /// <summary>Sends a signal to the process, if there is one.</summary>
    /// <returns>Whether there was.</returns>
    public bool Signal(string signal)
    {
        lock (_gate)
        {
            if (_process is null || _process.Process.HasExited) { return false; }
            using var kill = Process.Start("kill", ["-" + signal, _process.Process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            if (kill.ExitCode != 0) { return false; }
            if (signal is "KILL" or "TERM") { _sent = signal; }
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Signal("KILL");
        await _supervising;
        _ending.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (Begin() is { } process)
        {
            await process.Process.WaitForExitAsync();
            Judge(process);
            await process.DisposeAsync();
            await Task.Delay(Pause, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Null when it is to end, whose signal then finds the process or comes before it.
    private ServerProcess? Begin()
    {
        lock (_gate)
        {
            if (_ending.IsCancellationRequested) { return null; }
            Starts++;
            counts.Add(Count.Start);
            return _process = start(TakeLine);
        }
    }

    private void Judge(ServerProcess process)
    {
        string? sent;
        lock (_gate) { (sent, _sent, _process) = (_sent, null, null); }
        if (_ending.IsCancellationRequested) { return; }
        switch (process.Process.ExitCode)
        {
            case 0 when sent is "TERM": break;
            case Killed when sent is "KILL": break;
            case Left: counts.Add(Count.NodeLeft); break;
            case var status: noteFault($"{name} ended with status {status}: {process.Errors}"); break;
        }
    }

    private void TakeLine(string line)
    {
        if (Writes().Match(line) is not { Success: true } writes) { return; }
        counts.Add(Count.WriterFound);
        Volatile.Write(ref _epoch, long.Parse(writes.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("Writes to .*, with epoch ([0-9]+)")]
    private static partial Regex Writes();
}
