namespace JoChat.Load;

/// <summary>Three nodes, each a gateway and a store, over one PostgreSQL database.</summary>
internal sealed class SupervisedNodes : IAsyncDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3); // until all know of all
    private readonly LocalNodes _nodes;
    private readonly List<Node> _members = []; // the oldest first, which is the writer

    /// <param name="database">Which.</param>
    public SupervisedNodes(string database) => _nodes = new LocalNodes(
        Count, [.. ChatServer.WithoutLimits, .. ChatServer.OnPostgres(database)], certificates: []);

    public Node Writer => _members[0];

    /// <summary>One of the two that do not write.</summary>
    public Node Other(int which) => _members[1 + which % (Count - 1)];

    /// <summary>Starts them, one after the other.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        for (var number = 0; number < Count; number++)
        {
            _members.Add(new Node(number, _nodes.Start(number, "both")));
            await AwaitMembersAsync(cancellation);
        }
    }

    /// <summary>Starts a node that has ended again, which makes it the youngest.</summary>
    public void Restart(Node ended)
    {
        _members.Remove(ended);
        _members.Add(new Node(ended.Number, _nodes.Start(ended.Number, "both")));
    }

    /// <summary>Waits until the youngest is a member, and starts it again where it ends before, as its unit does.</summary>
    /// <exception cref="LoadFailedException">Another one ended.</exception>
    public async Task AwaitMembersAsync(CancellationToken cancellation)
    {
        bool IsMember()
        {
            if (_members[^1].Process.Process.HasExited) { Restart(_members[^1]); }
            return _members[^1].Process.Errors.Contains("This node is a member of the cluster", StringComparison.Ordinal);
        }
        if (!await Polling.UntilAsync(IsMember, Timeout, cancellation))
        {
            throw new LoadFailedException($"a node does not become a member: {_members[^1].Process.Errors}");
        }
        await _members[^1].Process.ListenAsync(Timeout, cancellation);
        await Task.Delay(Calm, cancellation);
        if (_members.Find(node => node.Process.Process.HasExited) is { } gone)
        {
            throw new LoadFailedException($"a node ended by itself: {gone.Process.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _members)
        {
            if (!node.Process.Process.HasExited) { await node.Process.KillAsync(); } // or each would hand over to the next
            await node.Process.DisposeAsync();
        }
    }
}

/// <summary>A node: its number, which gives it its port for the others, and its process.</summary>
internal sealed record Node(int Number, ServerProcess Process)
{
    /// <summary>Where its clients connect, once it listens.</summary>
    public int Port => Process.Listening.Result!.Value;
}
