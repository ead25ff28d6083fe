namespace JoChat.Storage.Postgres.Tests;

/// <summary>One server for all tests, each of which has a database of its own.</summary>
[CollectionDefinition(nameof(SharedCluster))]
public sealed class SharedCluster : ICollectionFixture<SharedCluster>, IDisposable
{
    private readonly Lazy<PostgresCluster> _cluster = new(PostgresCluster.InMemory);

    /// <summary>The server.</summary>
    public PostgresCluster Cluster => _cluster.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_cluster.IsValueCreated) { _cluster.Value.Dispose(); }
    }
}
