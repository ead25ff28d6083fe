using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

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
