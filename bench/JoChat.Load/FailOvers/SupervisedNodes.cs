using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Three nodes, each a gateway and a store, over one PostgreSQL database.</summary>
internal sealed class SupervisedNodes : IAsyncDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3); // until all know of all
    private readonly LocalNodes _nodes;
    private readonly Node[] _members;

    /// <summary>Starts them.</summary>
    /// <param name="database">Which.</param>
    public SupervisedNodes(string database)
    {
        _nodes = new LocalNodes(
            Count, [.. ChatServer.WithoutLimits, .. ChatServer.OnPostgres(database)], certificates: []);
        _members = [.. Enumerable.Range(0, Count).Select(number => new Node(number, _nodes))];
    }

    public Node Writer => _members.MaxBy(node => node.Epoch)!;

    /// <summary>One of the two that do not write.</summary>
    public Node Other(int which) => _members.Except([Writer]).ElementAt(which % (Count - 1));

    /// <summary>Starts a node that has ended again.</summary>
    public async Task RestartAsync(Node ended)
    {
        await ended.DisposeAsync();
        _members[ended.Number] = new Node(ended.Number, _nodes);
    }

    /// <summary>Waits until all are members and one writes, and starts those again that end before, as their units do.</summary>
    /// <exception cref="LoadFailedException">A member ended.</exception>
    public async Task AwaitMembersAsync(CancellationToken cancellation)
    {
        for (var number = 0; number < Count; number++) { await AwaitMemberAsync(number, cancellation); }
        await Polling.UntilAsync(() => Writer.Epoch > 0, Timeout, cancellation);
        await Task.Delay(Calm, cancellation);
        if (Array.Find(_members, node => node.HasEnded) is { } gone)
        {
            throw new LoadFailedException($"a node ended by itself: {gone.Process.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _members) { await node.DisposeAsync(); }
    }

    private async Task AwaitMemberAsync(int number, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (!_members[number].IsMember)
        {
            if (Stopwatch.GetElapsedTime(began) > Timeout)
            {
                throw new LoadFailedException($"a node does not become a member: {_members[number].Process.Errors}");
            }
            if (_members[number].HasEnded) { await RestartAsync(_members[number]); }
            await Task.Delay(Polling.Interval, cancellation);
        }
        await _members[number].Process.ListenAsync(Timeout, cancellation);
    }
}
