using JoChat.Storage.Postgres;

namespace JoChat.Storage.Tests;

/// <summary>The contract over PostgreSQL.</summary>
[Collection(nameof(SharedCluster))]
public sealed class PostgresChatStoreTests(SharedCluster shared) : ChatStoreContract
{
    private readonly string _database = shared.Cluster.CreateSchema();

    protected override IChatStore Open() => PostgresChatStore.Open(_database, SkeletonOf);

    protected override void CleanUp()
    {
    }
}

/// <summary>One server for all tests, each of which has a database of its own.</summary>
[CollectionDefinition(nameof(SharedCluster))]
public sealed class SharedCluster : ICollectionFixture<SharedCluster>, IDisposable
{
    private readonly Lazy<PostgresCluster> _cluster = new(() => new PostgresCluster());

    /// <summary>The server.</summary>
    public PostgresCluster Cluster => _cluster.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_cluster.IsValueCreated) { _cluster.Value.Dispose(); }
    }
}
