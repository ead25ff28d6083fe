namespace JoChat.Load;

/// <summary>Three nodes, each a gateway and a store, over one PostgreSQL database.</summary>
internal sealed class SupervisedNodes : IAsyncDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3); // until all know of all
    private readonly LocalNodes _nodes;
    private readonly Node[] _all;

    /// <summary>Starts them.</summary>
    /// <param name="database">Which.</param>
    public SupervisedNodes(string database)
    {
        _nodes = new LocalNodes(
            Count, [.. ChatServer.WithoutLimits, .. ChatServer.OnPostgres(database)], certificates: []);
        _all = [.. Enumerable.Range(0, Count).Select(number => new Node(number, _nodes))];
    }

    public Node Writer => _all.MaxBy(node => node.Epoch)!;

    /// <summary>One of the two that do not write.</summary>
    public Node Other(int which) => _all.Except([Writer]).ElementAt(which % (Count - 1));

    /// <summary>Starts another process in the place of one that has ended.</summary>
    public void Restart(Node ended)
    {
        ended.Process.Process.Dispose();
        _all[ended.Number] = new Node(ended.Number, _nodes);
    }

    /// <summary>Waits until all are members and one writes. Starts those again that end before they are members, as their units
    /// do.</summary>
    /// <exception cref="LoadFailedException">A member ended, or it takes too long.</exception>
    public async Task AwaitMembersAsync(CancellationToken cancellation)
    {
        bool IsComplete()
        {
            FailIfMemberEnded();
            foreach (var ended in Array.FindAll(_all, node => node.HasEnded && !node.IsMember)) { Restart(ended); }
            return Array.TrueForAll(_all, node => node.IsMember) && Writer.Epoch > 0;
        }
        if (!await Polling.UntilAsync(IsComplete, Timeout, cancellation))
        {
            throw new LoadFailedException(
                $"the cluster is not complete: {string.Join(Environment.NewLine, _all.Select(node => node.Process.Errors))}");
        }
        foreach (var node in _all) { await node.Process.ListenAsync(Timeout, cancellation); }
        await Task.Delay(Calm, cancellation);
        FailIfMemberEnded();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _all) { await node.DisposeAsync(); }
    }

    private void FailIfMemberEnded()
    {
        if (Array.Find(_all, node => node.IsMember && node.HasEnded) is { } gone)
        {
            throw new LoadFailedException($"a node ended by itself: {gone.Process.Errors}");
        }
    }
}
