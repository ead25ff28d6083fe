using System.Data.Common;
using System.Net;
using JoChat.Testing;

namespace JoChat.Load.Torture;

/// <summary>The PostgreSQL of a torture: what is done to it, and that it always comes back.</summary>
internal sealed class PostgresUnderTorture : IDisposable
{
    private static readonly TimeSpan BetweenEnds = TimeSpan.FromMilliseconds(50);

    private readonly string _database;
    private PostgresCluster _cluster = new();
    private PostgresCluster? _standby; // has all that is committed

    /// <summary>Starts a server with an empty database.</summary>
    /// <param name="isReplicated">Whether it has a synchronous standby.</param>
    public PostgresUnderTorture(bool isReplicated = false)
    {
        _database = _cluster.CreateDatabase();
        if (!isReplicated) { return; }
        _cluster.AwaitStandbys();
        _standby = _cluster.CreateStandby();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => _cluster.Port;

    /// <summary>What the gateway is told.</summary>
    public IEnumerable<string> Settings => ChatServer.OnPostgres(_database);

    /// <summary>What a gateway is told that comes by a relay.</summary>
    /// <param name="relay">Where it is.</param>
    /// <param name="isFenced">Whether PostgreSQL's own functions come before the <see cref="Audit"/>'s.</param>
    public IEnumerable<string> SettingsBy(IPEndPoint relay, bool isFenced)
    {
        var database = new DbConnectionStringBuilder
        {
            ConnectionString = _database,
            ["Host"] = $"{relay.Address}",
            ["Port"] = relay.Port,
        };
        if (!isFenced) { database["Search Path"] = "public, pg_catalog"; }
        return ChatServer.OnPostgres(database.ConnectionString);
    }

    /// <summary>Kills it for good. Its standby takes its place, and gets a standby of its own.</summary>
    public void Promote()
    {
        _cluster.Kill();
        _cluster.Dispose();
        (_cluster, _standby) = (_standby!, null);
        _cluster.Promote();
        _standby = _cluster.CreateStandby();
    }

    /// <summary>Runs SQL on the database, as the administrator.</summary>
    /// <returns>Rows, with | between columns.</returns>
    public string Execute(string sql) =>
        _cluster.Execute((string)new DbConnectionStringBuilder { ConnectionString = _database }["Database"], sql);

    /// <summary>Begins a fault, if it is one of PostgreSQL's.</summary>
    /// <returns>What ends it when it is disposed of; it may be more than once.</returns>
    public IDisposable? Begin(StorageFault fault, Counts counts)
    {
        switch (fault)
        {
            case StorageFault.DatabaseKill:
                counts.Add(Count.DatabaseKill);
                _cluster.Kill();
                return new OnDispose(_cluster.Restart);
            case StorageFault.DatabasePause:
                counts.Add(Count.DatabasePause);
                _cluster.Pause();
                return new OnDispose(_cluster.Resume);
            case StorageFault.ConnectionsEnd:
                counts.Add(Count.ConnectionsEnd);
                var timer = new Timer(_ => EndConnections(), state: null, TimeSpan.Zero, BetweenEnds);
                return new OnDispose(timer.Dispose);
            default: return null;
        }
    }

    public void Dispose()
    {
        _standby?.Dispose();
        _cluster.Dispose();
    }

    private void EndConnections() => _cluster.Execute(
        "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jochat-gateway'");
}
