using JoChat.Testing;

namespace JoChat.Load.Torture;

/// <summary>The PostgreSQL of a torture: what is done to it, and that it always comes back.</summary>
internal sealed class PostgresUnderTorture : IDisposable
{
    private static readonly TimeSpan BetweenEnds = TimeSpan.FromMilliseconds(50);

    private readonly PostgresCluster _cluster = new();
    private readonly string _database;

    /// <summary>Starts a server with an empty database.</summary>
    public PostgresUnderTorture() => _database = _cluster.CreateDatabase();

    /// <summary>What the gateway is told.</summary>
    public IEnumerable<string> Settings => ChatServer.OnPostgres(_database);

    /// <summary>Begins a fault, if it is one of PostgreSQL's.</summary>
    /// <returns>What ends it when it is disposed of; it may be more than once.</returns>
    public IDisposable? Begin(StorageFault fault, Counts counts)
    {
        switch (fault)
        {
            case StorageFault.DatabaseKill:
                counts.Add(Count.DatabaseKill);
                _cluster.Kill();
                return new End(_cluster.Restart);
            case StorageFault.DatabasePause:
                counts.Add(Count.DatabasePause);
                _cluster.Pause();
                return new End(_cluster.Resume);
            case StorageFault.ConnectionsEnd:
                counts.Add(Count.ConnectionsEnd);
                var timer = new Timer(_ => EndConnections(), state: null, TimeSpan.Zero, BetweenEnds);
                return new End(timer.Dispose);
            default: return null;
        }
    }

    public void Dispose() => _cluster.Dispose();

    private void EndConnections() => _cluster.Execute(
        "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jochat-gateway'");

    private sealed class End(Action end) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver) { return; }
            _isOver = true;
            end();
        }
    }
}
