using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The copy of a database, of any schema, opened to be read alone: nothing is made beside it.</summary>
internal sealed class BackupFile : ITableReader, IDisposable
{
    private const int MostFaults = 5;

    // What a table is ordered by; the columns of a key first. A table without a key is ordered by all columns.
    private const string FindTablesSql = """
        SELECT schema.name, "column".name, "column".pk
        FROM sqlite_schema AS schema JOIN pragma_table_info(schema.name) AS "column"
        WHERE schema.type = 'table' AND schema.name NOT IN ('sqlite_stat1', 'sqlite_stat4')
        ORDER BY schema.name, "column".pk = 0, "column".pk, "column".cid
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteTableReader _reader;

    private BackupFile(SqliteConnection connection, string path)
    {
        (_connection, _reader) = (connection, new SqliteTableReader(connection, path));
        SqliteSettings.ApplyToReader(connection);
        SchemaVersion.Check(connection, path);
        Tables = FindTables();
    }

    /// <summary>All its tables, those of SQLite too.</summary>
    public ImmutableArray<MovedTable> Tables { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="SqliteException">It is no database.</exception>
    /// <exception cref="StorageException">It is another program's, or newer than this one.</exception>
    public static BackupFile Open(string path)
    {
        var connection = SqliteDatabase.Connect(SqliteUri.Immutable(path), SqliteOpenMode.ReadOnly);
        try
        {
            return new BackupFile(connection, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<object?[]> Read(MovedTable table, object?[]? after = null) => _reader.Read(table, after);

    /// <summary>What SQLite finds wrong with it, the first few: pages, indexes, references.</summary>
    public List<string> FindFaults()
    {
        var faults = Query(
            $"PRAGMA integrity_check({MostFaults})", row => row.GetString(0).ReplaceLineEndings(" ")).ToList();
        if (faults is ["ok"]) { faults.Clear(); }
        faults.AddRange(Query("PRAGMA foreign_key_check",
            row => $"{row.GetString(0)} {row.GetValue(1)} refers to a row of {row.GetString(2)} that is missing")
            .Take(MostFaults - faults.Count));
        return faults;
    }

    public void Dispose() => _connection.Dispose();

    private ImmutableArray<MovedTable> FindTables() =>
    [
        .. Query(FindTablesSql, row => (Table: row.GetString(0), Column: row.GetString(1), IsKey: row.GetInt64(2) > 0))
            .GroupBy(column => column.Table).Select(Table),
    ];

    private static MovedTable Table(IGrouping<string, (string Table, string Column, bool IsKey)> columns)
    {
        var names = columns.Select(column => column.Column).ToImmutableArray();
        var key = columns.Count(column => column.IsKey);
        var table = new MovedTable(columns.Key, key > 0 ? key : names.Length, names);
        return names.Contains("sender_id") && names.Contains("recipient_id") ? table.ByPair() : table;
    }

    private IEnumerable<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandTimeout = 0; // as long as it takes
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read()) { yield return read(rows); }
    }
}
