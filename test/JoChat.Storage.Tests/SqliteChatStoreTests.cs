namespace JoChat.Storage.Tests;

/// <summary>The contract, as it is configured in production.</summary>
public sealed class SqliteChatStoreTests : ChatStoreContract
{
    private readonly TestFolder _folder = new();

    protected override IChatStore Open() => SqliteChatStore.Open(_folder.Database, skeletonOf: SkeletonOf);

    protected override void CleanUp() => _folder.Dispose();
}
