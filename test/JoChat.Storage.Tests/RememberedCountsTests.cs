namespace JoChat.Storage.Tests;

/// <summary>The contract, kept by SQLite when every count is remembered, even the smallest.</summary>
public sealed class RememberedCountsTests : ChatStoreContract
{
    private readonly TestFolder _folder = new();

    protected override IChatStore Open() =>
        SqliteChatStore.OpenWith(new CountLimits { RememberedFrom = 1 }, _folder.Database);

    protected override void CleanUp() => _folder.Dispose();
}
