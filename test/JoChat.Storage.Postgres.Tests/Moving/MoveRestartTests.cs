using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>A move that was ended goes on, and nothing uses what it has not finished.</summary>
[Collection(nameof(SharedCluster))]
public sealed class MoveRestartTests(SharedCluster shared) : IDisposable
{
    private readonly MoveSides _sides = new(shared.Cluster);

    public void Dispose() => _sides.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Killed_behind_any_batch_it_goes_on_and_copies_nothing_twice(bool isToPostgres)
    {
        _sides.Filled();
        _sides.ToPostgres(_sides.Source);
        using var whole = new MoveSides(shared.Cluster).Filled();
        var all = new RecordedProgress();
        var (_, expected) = whole.ToPostgres(whole.Source, all);
        var steps = all.Steps.Count;
        Assert.InRange(steps, 15, 60);

        for (var killedAt = 1; killedAt <= steps; killedAt++)
        {
            using var sides = new MoveSides(shared.Cluster);
            var file = sides.File("target.db");
            Func<RecordedProgress, (MoveSummary Summary, string Manifest)> run = isToPostgres
                ? progress => sides.ToPostgres(_sides.Source, progress)
                : progress => _sides.ToSqlite(file, progress);
            Assert.Throws<RecordedProgress.KilledException>(() => run(new RecordedProgress(killedAt)));
            AssertNoGatewayUses(() => isToPostgres ? sides.OpenPostgres() : MoveSides.OpenSqlite(file));

            var rest = new RecordedProgress();
            Assert.Equal(expected, run(rest).Manifest);

            Assert.Equal(steps - killedAt, rest.Steps.Count);
            Assert.Empty(rest.Notes);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_source_that_was_changed_meanwhile_is_copied_again(bool isToPostgres)
    {
        _sides.Filled();
        if (!isToPostgres) { _sides.ToPostgres(_sides.Source); }
        var file = _sides.File("target.db");
        (MoveSummary Summary, string Manifest) Run(RecordedProgress progress) =>
            isToPostgres ? _sides.ToPostgres(_sides.Source, progress) : _sides.ToSqlite(file, progress);
        Assert.Throws<RecordedProgress.KilledException>(() => Run(new RecordedProgress(12)));
        using (IChatStore store = isToPostgres ? MoveSides.OpenSqlite(_sides.Source) : _sides.OpenPostgres())
        {
            store.InBatch(() => store.SetPasswordHash(new AccountId(1), "changed"));
        }

        var again = new RecordedProgress();
        var (summary, _) = Run(again);

        Assert.Empty(summary.Differences);
        Assert.Contains(" has changed since", Assert.Single(again.Notes), StringComparison.Ordinal);
        using IChatStore moved = isToPostgres ? _sides.OpenPostgres() : MoveSides.OpenSqlite(file);
        Assert.Equal("changed", moved.FindAccount("ADA")!.PasswordHash);
    }

    [Theory]
    [InlineData("messages", "UPDATE {0} SET content = 'hellO' WHERE id = 10", "messages 1 2: 6 rows (")]
    [InlineData("messages", "UPDATE {0} SET received = true WHERE id = 10", "messages 1 2: 6 rows (")]
    [InlineData("messages", "DELETE FROM {0} WHERE id = 10", "messages 1 2: 6 rows (")]
    [InlineData("accounts", "UPDATE {0} SET password_hash = '' WHERE id = 1", "accounts: ")]
    [InlineData("watermarks", "UPDATE {0} SET received_through = 0 WHERE account_id = 2", "accounts: ")]
    [InlineData("client_ids", "UPDATE {0} SET fingerprint = '' WHERE client_id = 'c-1'", "client_ids: ")]
    [InlineData("sent_bytes", "UPDATE {0} SET bytes = bytes + 1 WHERE account_id = 1", "sent_bytes: ")]
    public void What_was_damaged_in_the_target_is_found_and_copied_again(string table, string damage, string told)
    {
        _sides.Filled();
        var progress = new RecordedProgress();
        progress.BehindBatch = copied =>
        {
            if (copied != "messages") { return; } // the last table
            progress.BehindBatch = null;
            shared.Cluster.Execute(
                "postgres", $"SET search_path = {_sides.Schema}; {string.Format(null, damage, table)}");
        };
        var (summary, _) = _sides.ToPostgres(_sides.Source, progress);

        Assert.Contains(summary.Differences, said => said.StartsWith(told, StringComparison.Ordinal));
        AssertNoGatewayUses(() => _sides.OpenPostgres());
        var again = new RecordedProgress();
        Assert.Empty(_sides.ToPostgres(_sides.Source, again).Summary.Differences);
        Assert.Single(again.Notes);
        _sides.OpenPostgres().Dispose();
    }

    [Fact]
    public void Run_again_after_it_was_finished_it_says_the_same()
    {
        _sides.Filled();
        var (first, _) = _sides.ToPostgres(_sides.Source);
        var again = new RecordedProgress();

        Assert.Equal(first.Hash, _sides.ToPostgres(_sides.Source, again).Summary.Hash);

        Assert.DoesNotContain(again.Steps, step => step.Done == "copied");
    }

    private static void AssertNoGatewayUses(Func<IChatStore> open) => Assert.EndsWith(
        ": a move into it is not finished; run jochat-gateway migrate again",
        Assert.Throws<StorageException>(() => open().Dispose()).Message, StringComparison.Ordinal);
}
