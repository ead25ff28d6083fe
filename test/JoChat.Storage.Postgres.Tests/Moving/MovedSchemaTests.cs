using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>Who adds a table or a column to either schema adds it to the move, or says here why not.</summary>
[Collection(nameof(SharedCluster))]
public sealed class MovedSchemaTests(SharedCluster shared) : IDisposable
{
    // The LastIds, what says who writes, and what only says that there is one row.
    private static readonly string[] BesideTablesOfSqlite =
        ["last_message.id", "last_message.ordered_through", "last_message.epoch", "last_message.only_row"];

    // The LastIds, what says who writes, and the schema's version.
    private static readonly string[] BesideTablesOfPostgres =
    [
        "writer.last_id", "writer.ordered_through", "writer.part", "writer.epoch", "writer.batch", "writer.owner",
        "writer.backend", "writer.backend_start", "jochat_schema.version",
    ];

    private readonly MoveSides _sides = new(shared.Cluster);

    public void Dispose() => _sides.Dispose();

    [Fact]
    public void Every_column_of_SQLite_is_moved()
    {
        MoveSides.OpenSqlite(_sides.Source).Dispose();
        using var connection = Sqlite.Connect(_sides.Source);
        var all = (string?)connection.Run("""
            SELECT group_concat(found.name || '.' || info.name)
            FROM sqlite_schema AS found, pragma_table_info(found.name) AS info
            WHERE found.type = 'table' AND found.name NOT LIKE 'sqlite!_%' ESCAPE '!'
            """);

        var moved = MovedTable.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column}"));
        Assert.Equal(moved.Concat(BesideTablesOfSqlite).Order(), all!.Split(',').Order());
    }

    [Fact]
    public void Every_column_of_PostgreSQL_is_moved()
    {
        _sides.OpenPostgres().Dispose();
        var all = shared.Cluster.Execute(
            "postgres", $"SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = '{_sides.Schema}'");

        var moved = MovedTable.All.SelectMany(PostgresTable.PartsOf)
            .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column}"));
        Assert.Equal(moved.Concat(BesideTablesOfPostgres).Order(), all.Split('\n').Order());
    }

    [Fact]
    public void Every_sequence_of_ids_is_moved()
    {
        MoveSides.OpenSqlite(_sides.Source).Dispose();
        _sides.OpenPostgres().Dispose();
        using var connection = Sqlite.Connect(_sides.Source);

        Assert.Equal("accounts,logins", connection.Run(
            "SELECT group_concat(name ORDER BY name) FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'"));
        Assert.Equal("accounts_id_seq\nlogins_id_seq", shared.Cluster.Execute(
            "postgres", $"SELECT sequencename FROM pg_sequences WHERE schemaname = '{_sides.Schema}' ORDER BY 1"));
    }
}
