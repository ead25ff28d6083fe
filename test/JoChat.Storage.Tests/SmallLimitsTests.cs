namespace JoChat.Storage.Tests;

/// <summary>The contract, when even the smallest count is cached, conversations are indexed at each commit, and all that
/// is done in parts is done in the smallest ones.</summary>
public sealed class SmallLimitsTests : ChatStoreContract
{
    private static readonly StoreLimits Limits = new()
    {
        MinCachedCount = 1,
        MaxUnindexed = 1,
        ClientIdsAtOnce = 2,
        CountedAtOnce = 1,
        DeletedAtOnce = 1,
        LookedAtOnce = 2,
        NamesAtOnce = 1,
        UnreadAtOnce = 1,
    };

    private readonly TestFolder _folder = new();

    protected override IChatStore Open() =>
        SqliteChatStore.Open(_folder.Database, isChecked: true, Limits, SkeletonOf);

    protected override void CleanUp() => _folder.Dispose();
}
