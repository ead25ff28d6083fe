using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>A server that waits for a standby before it confirms a commit.</summary>
public sealed class StandbyTests : IDisposable
{
    private const string Waits = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    private readonly PostgresCluster _cluster = new();
    private readonly PostgresChatStore _store;
    private readonly AccountId _ada;

    public StandbyTests()
    {
        _store = PostgresChatStore.Open(_cluster.CreateDatabase());
        _ada = _store.Add("ada");
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_is_no_success()
    {
        SetStandbys("nobody");
        await AwaitThatCommitsWaitAsync();
        var committing = Task.Factory.StartNew(
            () => _store.InBatch(() => _store.AddMessages(_ada, count: 1)), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var waiting = await WaitingAsync(committing);

        Cancel(waiting); // the server says: committed
        await WaitingAsync(committing); // and the claim that settles it waits too
        SetStandbys("");

        Assert.Empty(await committing.OrFail());
        Assert.Equal(1, _store.CountAll(_ada, default, new MessageId(long.MaxValue)));
        Assert.Equal("2", _cluster.Execute("jochat1", "SELECT epoch FROM writer"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _cluster.Dispose();
    }

    private void SetStandbys(string names)
    {
        _cluster.Execute("postgres", $"ALTER SYSTEM SET synchronous_standby_names = '{names}'");
        _cluster.Execute("postgres", "SELECT pg_reload_conf()");
    }

    // The server takes the setting a moment after it was told to.
    private async Task AwaitThatCommitsWaitAsync()
    {
        var isWaiting = false;
        var committing = Task.Run(() =>
        {
            while (!Volatile.Read(ref isWaiting)) { _cluster.Execute("postgres", "CREATE TABLE probe (); DROP TABLE probe"); }
        });
        var waiting = await WaitingAsync(committing);
        Volatile.Write(ref isWaiting, true);
        Cancel(waiting);
        await committing.OrFail();
    }

    private void Cancel(string backend) => _cluster.Execute("postgres", $"SELECT pg_cancel_backend({backend})");

    private async Task<string> WaitingAsync(Task committing)
    {
        while (true)
        {
            Assert.False(committing.IsCompleted);
            var waiting = _cluster.Execute("postgres", Waits);
            if (waiting.Length > 0) { return waiting; }
            await Task.Yield();
        }
    }
}
