namespace JoChat.Load;

/// <summary>A node that is a gateway and a store: a process, and what it tells of itself.</summary>
internal sealed class Node : IAsyncDisposable
{
    private long _epoch;
    private volatile bool _isMember;

    /// <summary>Starts it.</summary>
    /// <param name="number">Gives it its port for the others.</param>
    /// <param name="nodes">How it is started.</param>
    public Node(int number, LocalNodes nodes) => (Number, Process) = (number, nodes.Start(number, "both", TakeLine));

    public int Number { get; }

    public ServerProcess Process { get; }

    /// <summary>Where its clients connect, once it listens.</summary>
    public int Port => Process.Listening.Result!.Value;

    /// <summary>Whether it has become a member.</summary>
    public bool IsMember => _isMember;

    /// <summary>The epoch with which it wrote last; 0: it did not.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    public bool HasEnded => Process.Process.HasExited;

    /// <summary>Kills it, if it has not ended: or it would hand over to another one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!HasEnded) { await Process.KillAsync(); }
        await Process.DisposeAsync();
    }

    private void TakeLine(string line)
    {
        if (NodeLines.TellsMember(line)) { _isMember = true; }
        if (NodeLines.EpochIn(line) is { } epoch) { Volatile.Write(ref _epoch, epoch); }
    }
}
