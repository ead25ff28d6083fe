namespace JoChat.Storage.Tests;

/// <summary>The contract, when even the smallest count is cached and conversations are indexed at each commit.</summary>
public sealed class SmallLimitsTests : ChatStoreContract
{
    private static readonly StoreLimits Limits = new() { MinCachedCount = 1, MaxUnindexed = 1, ClientIdsAtOnce = 2 };

    private readonly TestFolder _folder = new();

    protected override IChatStore Open() =>
        SqliteChatStore.Open(_folder.Database, isChecked: true, Limits, SkeletonOf);

    protected override void CleanUp() => _folder.Dispose();
}
