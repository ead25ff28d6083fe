namespace JoChat.Storage.Tests;

/// <summary>Tests of a database file, each in a folder of its own.</summary>
public abstract class DatabaseTests : IDisposable
{
    private protected TestFolder Folder { get; } = new();

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected SqliteChatStore Open() => SqliteChatStore.Open(Folder.Database);

    /// <summary>Opens a database, which must be refused for good and stay as it is.</summary>
    private protected string Refuse(string? path = null)
    {
        var before = Folder.Hash();

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(path ?? Folder.Database));

        Assert.Equal(before, Folder.Hash());
        Assert.False(refused.IsTransient);
        return refused.Message;
    }
}
