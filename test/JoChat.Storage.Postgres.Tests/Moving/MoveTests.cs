using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>A move takes everything along, in both directions.</summary>
[Collection(nameof(SharedCluster))]
public sealed class MoveTests(SharedCluster shared) : IDisposable
{
    private readonly MoveSides _sides = new(shared.Cluster);

    public void Dispose() => _sides.Dispose();

    [Fact]
    public void Everything_is_the_same_after_a_move_to_PostgreSQL()
    {
        _sides.Filled();
        _sides.ToPostgres(_sides.Source);

        using var before = MoveSides.OpenSqlite(_sides.Source);
        using var after = _sides.OpenPostgres();
        AssertSame(before, after);
    }

    [Fact]
    public void Everything_is_the_same_after_a_move_to_SQLite()
    {
        using (var store = _sides.OpenPostgres()) { EveryKindOfData.Write(store); }
        _sides.ToSqlite(_sides.File("target.db"));

        using var before = _sides.OpenPostgres();
        using var after = MoveSides.OpenSqlite(_sides.File("target.db"));
        AssertSame(before, after);
    }

    [Fact]
    public void A_round_trip_gives_the_same_manifest()
    {
        _sides.Filled();
        var (there, first) = _sides.ToPostgres(_sides.Source);
        var (back, second) = _sides.ToSqlite(_sides.File("back.db"));

        Assert.Equal(first, second);
        Assert.Equal(there.Hash, back.Hash);
        Assert.Empty(back.Differences);
        Assert.Contains("\nmessages 1 2 ", first, StringComparison.Ordinal);
    }

    [Fact]
    public void The_source_is_left_as_it_was()
    {
        _sides.Filled();
        var before = File.ReadAllBytes(_sides.Source);
        _sides.ToPostgres(_sides.Source);

        Assert.Equal(before, File.ReadAllBytes(_sides.Source));
        var dump = Dump();
        _sides.ToSqlite(_sides.File("back.db"));
        Assert.Equal(dump, Dump());
    }

    [Fact]
    public void An_empty_database_can_be_moved()
    {
        MoveSides.OpenSqlite(_sides.Source).Dispose();

        var (summary, _) = _sides.ToPostgres(_sides.Source);

        Assert.Equal((0, 0), (summary.Accounts, summary.Messages));
        using var store = _sides.OpenPostgres();
        Assert.Equal(new AccountId(1), store.Add("ada"));
    }

    [Fact]
    public void Nothing_is_sorted_to_be_read()
    {
        MoveSides.OpenSqlite(_sides.Source).Dispose();
        using var file = Sqlite.Connect(_sides.Source);
        PostgresMoveSide.OpenTarget(_sides.Database).Dispose();
        using var server = new PostgresServer(_sides.Database, TimeSpan.FromSeconds(30));
        using var connection = server.Connect();
        connection.Execute(PostgresMoveSide.Settings);
        foreach (var table in MovedTable.All.Concat(MovedTable.InManifest))
        {
            using var command = file.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + SqliteTableReader.ReadSql(table, isAfter: false);
            using var rows = command.ExecuteReader();
            while (rows.Read()) { Assert.DoesNotContain("TEMP B-TREE", rows.GetString(3), StringComparison.Ordinal); }
            Assert.DoesNotContain(
                connection.ReadAll(plan => plan.GetString(0), "EXPLAIN " + PostgresMoveSide.ReadSql(table, isAfter: false)),
                line => line.Contains("Sort", StringComparison.Ordinal));
        }
    }

    private static void AssertSame(IChatStore before, IChatStore after)
    {
        Assert.Equal(EveryKindOfData.Read(before), EveryKindOfData.Read(after));
        foreach (var token in (byte[])[1, 4, 2, 3])
        {
            Assert.Equal(EveryKindOfData.Use(before, token), EveryKindOfData.Use(after, token));
        }
        Assert.Equal(EveryKindOfData.GiveNextIds(before), EveryKindOfData.GiveNextIds(after));
        while (before.HasRemains) { before.InBatch(before.RemoveRemains); }
        while (after.HasRemains) { after.InBatch(after.RemoveRemains); }
        Assert.Equal(EveryKindOfData.Read(before), EveryKindOfData.Read(after));
    }

    // All rows, without what claiming the database changes.
    private string Dump() => string.Join('\n', MovedTable.All.Select(table => shared.Cluster.Execute(
        "postgres", $"SELECT * FROM {_sides.Schema}.{table.Name} ORDER BY {string.Join(", ", table.Key)}")));
}
