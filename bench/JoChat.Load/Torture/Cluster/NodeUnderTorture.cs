using System.Diagnostics;
using System.Globalization;

namespace JoChat.Load.Torture;

/// <summary>A node of a cluster: a process that is started again whenever it ends, as by a unit.</summary>
/// <param name="name">What it is called in findings.</param>
/// <param name="start">Starts the process, which tells each line of its output.</param>
/// <param name="counts">Counts what becomes of it.</param>
/// <param name="noteFault">Is told what it did that it must not.</param>
internal sealed class NodeUnderTorture(
    string name, Func<Action<string>, ServerProcess> start, Counts counts, Action<string> noteFault) : IAsyncDisposable
{
    private const int Left = 75, Killed = 137;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private ServerProcess? _process; // null between two
    private Task _supervising = Task.CompletedTask;
    private long _epoch;
    private readonly List<string> _sent = []; // signals to the process
    private long _changes;

    /// <summary>The epoch with which it wrote last; 0: it did not.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Rises when it is started, when it has ended, and when it becomes the writer.</summary>
    public long Changes => Volatile.Read(ref _changes);

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
            _sent.Add(signal);
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

    /// <summary>Whether a node may end so.</summary>
    /// <param name="status">Its exit status.</param>
    /// <param name="sent">The signals that it was sent.</param>
    internal static bool MayEnd(int status, IEnumerable<string> sent) => status switch
    {
        0 => sent.Contains("TERM"),
        Killed => sent.Contains("KILL"),
        _ => status == Left,
    };

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
            Interlocked.Increment(ref _changes);
            counts.Add(Count.Start);
            _sent.Clear();
            return _process = start(TakeLine);
        }
    }

    private void Judge(ServerProcess process)
    {
        lock (_gate) { _process = null; }
        Interlocked.Increment(ref _changes);
        if (_ending.IsCancellationRequested) { return; }
        var status = process.Process.ExitCode;
        if (status == Left) { counts.Add(Count.NodeLeft); }
        if (!MayEnd(status, _sent)) { noteFault($"{name} ended with status {status}: {process.Errors}"); }
    }

    private void TakeLine(string line)
    {
        if (NodeLines.EpochIn(line) is not { } epoch) { return; }
        counts.Add(Count.WriterFound);
        Interlocked.Increment(ref _changes);
        Volatile.Write(ref _epoch, epoch);
    }
}
