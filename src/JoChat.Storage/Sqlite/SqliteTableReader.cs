using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Reads the tables of an SQLite database.</summary>
/// <param name="connection">To the database; the reader's alone while a table is read.</param>
/// <param name="path">Its file, for what is told of faults.</param>
internal sealed class SqliteTableReader(SqliteConnection connection, string path) : ITableReader
{
    /// <inheritdoc/>
    public IEnumerable<object?[]> Read(MovedTable table, object?[]? after = null)
    {
        using var rows = Run(() => Begin(table, after));
        while (Run(rows.Read)) { yield return rows.GetRow(table.Columns.Length); }
    }

    /// <summary>Whether a column is of type TEXT.</summary>
    public bool IsText(string table, string column)
    {
        using var find = new Statement(connection, "SELECT type FROM pragma_table_info($table) WHERE name = $column",
            ("$table", SqliteType.Text), ("$column", SqliteType.Text));
        return find.ReadScalar(table, column) is "TEXT";
    }

    internal static string ReadSql(MovedTable table, bool isAfter)
    {
        var key = string.Join(", ", table.Key);
        var after = isAfter ? $" WHERE ({key}) > ({string.Join(", ", table.Key.Select(_ => "?"))})" : "";
        return $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name}{after} ORDER BY {key}";
    }

    private RawStatement Begin(MovedTable table, object?[]? after)
    {
        var statement = new RawStatement(connection, ReadSql(table, after is not null));
        for (var i = 0; i < after?.Length; i++)
        {
            statement.Bind(i + 1, after[i], IsText(table.Name, table.Columns[i]));
        }
        return statement;
    }

    private T Run<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "read from", path);
        }
    }
}
