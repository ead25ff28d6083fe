using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>What a move refuses, with what the operator is told.</summary>
[Collection(nameof(SharedCluster))]
public sealed class MoveRefusalTests(SharedCluster shared) : IDisposable
{
    private readonly MoveSides _sides = new(shared.Cluster);

    public void Dispose() => _sides.Dispose();

    [Fact]
    public void A_target_that_holds_others_messages_is_refused_and_left_as_it_was()
    {
        _sides.Filled();
        using (var store = _sides.OpenPostgres()) { store.Add("somebody"); }

        Assert.EndsWith(
            $"it has accounts or messages already that are not those of {_sides.Source}; name an empty one",
            RefuseToPostgres(_sides.Source), StringComparison.Ordinal);

        using var left = _sides.OpenPostgres();
        Assert.NotNull(left.FindAccount("SOMEBODY"));
        Assert.Null(left.FindAccount("ADA"));
    }

    [Fact]
    public void A_target_that_was_used_after_the_move_is_refused()
    {
        _sides.Filled();
        _sides.ToPostgres(_sides.Source);
        using (var store = _sides.OpenPostgres())
        {
            store.InBatch(() => store.SetPasswordHash(new AccountId(1), "changed"));
        }

        Assert.Contains("not those of", RefuseToPostgres(_sides.Source), StringComparison.Ordinal);
        using var left = _sides.OpenPostgres();
        Assert.Equal("changed", left.FindAccount("ADA")!.PasswordHash);
    }

    [Fact]
    public void An_unfinished_move_from_another_source_is_refused()
    {
        _sides.Filled();
        Assert.Throws<RecordedProgress.KilledException>(
            () => _sides.ToPostgres(_sides.Source, new RecordedProgress(failsAt: 3)));
        File.Copy(_sides.Source, _sides.File("other.db"));

        Assert.EndsWith(
            $"a move into it from {_sides.Source} is not finished; finish that, or make it empty",
            RefuseToPostgres(_sides.File("other.db")), StringComparison.Ordinal);
        Assert.Empty(_sides.ToPostgres(_sides.Source).Summary.Differences);
    }

    [Fact]
    public void An_unfinished_target_is_no_source()
    {
        _sides.Filled();
        Assert.Throws<RecordedProgress.KilledException>(
            () => _sides.ToPostgres(_sides.Source, new RecordedProgress(failsAt: 3)));

        var refused = Assert.Throws<StorageException>(() => _sides.ToSqlite(_sides.File("target.db")));

        Assert.Contains("a move into it is not finished", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_not_there_is_refused_and_not_made()
    {
        Assert.EndsWith(" to move from", RefuseToPostgres(_sides.Source), StringComparison.Ordinal);
        Assert.False(File.Exists(_sides.Source));

        var refused = Assert.Throws<StorageException>(() => _sides.ToSqlite(_sides.File("target.db")));
        Assert.EndsWith(" to move from", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0", shared.Cluster.Execute(
            "postgres", $"SELECT count(*) FROM information_schema.tables WHERE table_schema = '{_sides.Schema}'"));
    }

    [Fact]
    public void Neither_side_may_be_in_use()
    {
        _sides.Filled();
        using (MoveSides.OpenSqlite(_sides.Source))
        {
            Assert.Contains(
                "is in use by another JoChat gateway", RefuseToPostgres(_sides.Source), StringComparison.Ordinal);
        }
        using (_sides.OpenPostgres())
        {
            Assert.Contains("another gateway uses it", RefuseToPostgres(_sides.Source), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_gateway_can_use_either_side_meanwhile()
    {
        _sides.Filled();
        var refused = new List<string>();
        var progress = new RecordedProgress();
        progress.BehindBatch = _ =>
        {
            if (refused.Count > 0) { return; }
            refused.Add(Assert.Throws<StorageException>(() => MoveSides.OpenSqlite(_sides.Source)).Message);
            refused.Add(Assert.Throws<StorageException>(_sides.OpenPostgres).Message);
        };
        _sides.ToPostgres(_sides.Source, progress);

        Assert.Contains("is in use by another JoChat gateway", refused[0], StringComparison.Ordinal);
        Assert.Contains("another gateway uses it", refused[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_connection_is_told_and_the_move_goes_on()
    {
        _sides.Filled();
        var progress = new RecordedProgress();
        progress.BehindBatch = table =>
        {
            if (table != "client_ids") { return; }
            shared.Cluster.Execute("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'chat'");
        };

        var refused = Assert.Throws<StorageException>(() => _sides.ToPostgres(_sides.Source, progress));

        Assert.StartsWith("cannot ", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_sides.ToPostgres(_sides.Source).Summary.Differences);
    }

    private string RefuseToPostgres(string from) =>
        Assert.Throws<StorageException>(() => _sides.ToPostgres(from)).Message;
}
