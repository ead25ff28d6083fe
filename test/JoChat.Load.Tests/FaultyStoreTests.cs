using JoChat.Load.Torture;
using JoChat.Storage;

namespace JoChat.Load.Tests;

/// <summary>The store that fails keeps to the contract of stores: what failed is not stored, the rest is.</summary>
public sealed class FaultyStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-load-");
    private SqliteChatStore? _sqlite;

    [Fact]
    public void Every_third_commit_fails_and_stores_nothing()
    {
        var store = Open(FailingCalls.None with { Commit = 3 });

        Assert.Equal(
            [true, true, false, true, true, false], Enumerable.Range(0, 6).Select(n => TryAdd(store, $"a{n}")));
        Assert.Equal(["a0", "a1", "a3", "a4"], Names());
    }

    [Fact]
    public void A_write_that_fails_spoils_its_batch()
    {
        var store = Open(FailingCalls.None with { Write = 2 });
        store.Begin();
        store.AddAccount("ada", "ada", "hash", DateTimeOffset.UnixEpoch);
        Assert.Throws<StorageException>(() => store.AddAccount("bob", "bob", "hash", DateTimeOffset.UnixEpoch));
        Assert.Throws<StorageException>(() => store.AddAccount("cyd", "cyd", "hash", DateTimeOffset.UnixEpoch));

        Assert.Throws<StorageException>(store.Commit);
        Assert.Empty(Names());
    }

    [Fact]
    public void A_store_with_false_commits_stores_only_every_nth_batch()
    {
        var store = Open(FailingCalls.None, commitsAtOnce: 3);

        Assert.All(Enumerable.Range(0, 5), n => Assert.True(TryAdd(store, $"a{n}")));
        _sqlite!.Rollback(); // as kill -9 would

        Assert.Equal(["a0", "a1", "a2"], Names());
    }

    [Fact]
    public void Failing_calls_are_read_as_they_were_written()
    {
        var failing = new FailingCalls(1, 2, 3, 4, 5);

        Assert.Equal(failing, FailingCalls.Parse(failing.ToString()));
    }

    public void Dispose()
    {
        _sqlite?.Dispose();
        _folder.Delete(recursive: true);
    }

    private FaultyStore Open(FailingCalls failing, int commitsAtOnce = 1) => new(
        _sqlite = SqliteChatStore.Open(Path.Combine(_folder.FullName, "chat.db")), failing, commitsAtOnce);

    private IEnumerable<string> Names() =>
        Enumerable.Range(0, 6).Select(n => $"a{n}").Append("ada").Where(name => _sqlite!.FindAccount(name) is not null);

    private static bool TryAdd(FaultyStore store, string name)
    {
        try
        {
            store.Begin();
            store.AddAccount(name, name, "hash", DateTimeOffset.UnixEpoch);
            store.Commit();
            return true;
        }
        catch (StorageException)
        {
            store.Rollback();
            return false;
        }
    }
}
