namespace JoChat.Storage.Tests;

/// <summary>The contract, kept by SQLite.</summary>
public sealed class SqliteChatStoreTests : ChatStoreContract
{
    private readonly TestFolder _folder = new();

    protected override IChatStore Open() => SqliteChatStore.Open(_folder.Database);

    protected override void CleanUp() => _folder.Dispose();
}
