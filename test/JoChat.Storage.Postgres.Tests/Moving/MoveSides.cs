using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>A SQLite source with every kind of data, and databases to move into.</summary>
internal sealed class MoveSides(PostgresCluster cluster) : IDisposable
{
    private readonly TestFolder _folder = new();

    public string Database { get; } = cluster.CreateSchema();

    /// <summary>The schema that <see cref="Database"/> is, in the database postgres.</summary>
    public string Schema => Database[(Database.LastIndexOf('=') + 1)..];

    public string Source => _folder.File("source.db");

    public string File(string name) => _folder.File(name);

    /// <summary>Fills the source.</summary>
    public MoveSides Filled()
    {
        using var store = OpenSqlite(Source);
        EveryKindOfData.Write(store);
        return this;
    }

    public static SqliteChatStore OpenSqlite(string path) =>
        SqliteChatStore.Open(path, isChecked: true, EveryKindOfData.Limits);

    public PostgresChatStore OpenPostgres() =>
        PostgresChatStore.Open(Database, EveryKindOfData.Limits, TimeSpan.FromSeconds(30));

    /// <summary>Moves a file into <see cref="Database"/>.</summary>
    /// <returns>The summary and the manifest.</returns>
    public (MoveSummary Summary, string Manifest) ToPostgres(string from, RecordedProgress? progress = null)
    {
        using var source = SqliteMoveSide.OpenSource(from, isChecked: true, name => name);
        using var target = PostgresMoveSide.OpenTarget(Database);
        return Run(source, target, progress);
    }

    /// <summary>Moves <see cref="Database"/> into a file.</summary>
    /// <returns>The summary and the manifest.</returns>
    public (MoveSummary Summary, string Manifest) ToSqlite(string into, RecordedProgress? progress = null)
    {
        using var source = PostgresMoveSide.OpenSource(Database);
        using var target = SqliteMoveSide.OpenTarget(into, name => name);
        return Run(source, target, progress);
    }

    public void Dispose() => _folder.Dispose();

    private static (MoveSummary Summary, string Manifest) Run(
        IMoveSide source, IMoveSide target, RecordedProgress? progress)
    {
        using var manifest = new StringWriter();
        return (new Move(source, target, progress ?? new RecordedProgress(), batchRows: 40).Run(manifest), $"{manifest}");
    }
}
