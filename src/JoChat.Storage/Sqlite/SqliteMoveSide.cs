using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>An SQLite file as one side of a move.</summary>
public sealed class SqliteMoveSide : IMoveSide
{
    // 64 MiB: indexes are written in another order than rows. Checkpoints are SQLite's own, each 32 MiB.
    private const string TargetSettings = "PRAGMA cache_size = -131072; PRAGMA wal_autocheckpoint = 32768";

    private const string ReadLastIdsSql = """
        SELECT id, ordered_through,
          ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'accounts'), 0),
          ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'logins'), 0)
        FROM last_message
        """;

    private readonly SqliteDatabase _database;
    private readonly SqliteTransactionScope _transaction;
    private readonly SqliteTableReader _reader;

    private SqliteMoveSide(SqliteDatabase database)
    {
        _database = database;
        _transaction = new SqliteTransactionScope(Connection);
        _reader = new SqliteTableReader(Connection, Name);
    }

    /// <inheritdoc/>
    public string Name => _database.Path;

    /// <inheritdoc/>
    public string State { get; private set; } = "";

    private SqliteConnection Connection => _database.Connection;

    /// <summary>Opens what is moved from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isChecked">Whether to check the whole file for damage first.</param>
    /// <param name="skeletonOf">What usernames that look alike have in common, for the migrations of an old schema.</param>
    /// <exception cref="StorageException">There is none, or a gateway could not open it either.</exception>
    public static SqliteMoveSide OpenSource(string path, bool isChecked, Func<string, string> skeletonOf)
    {
        if (!File.Exists(path))
        {
            throw new StorageException($"there is no database {Path.GetFullPath(path)} to move from", isTransient: false);
        }
        var side = new SqliteMoveSide(SqliteDatabase.Open(path, isChecked, skeletonOf));
        try
        {
            side.Run("read from", () => side.Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA query_only = ON"));
            // With an empty WAL, every commit changes the file before the next checkpoint is done.
            var file = new FileInfo(side.Name);
            side.State = FormattableString.Invariant($"{file.Length} bytes of {file.LastWriteTimeUtc:O}");
            return side;
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    /// <summary>Opens what is moved into; creates the file if there is none.</summary>
    /// <exception cref="StorageException">A gateway could not open it either, but for a move that is not finished.
    /// </exception>
    public static SqliteMoveSide OpenTarget(string path, Func<string, string> skeletonOf)
    {
        var side = new SqliteMoveSide(SqliteDatabase.Open(path, isChecked: false, skeletonOf, mayBeUnfinished: true));
        try
        {
            side.Run("write to", () => side.Connection.Execute(TargetSettings));
            return side;
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<object?[]> Read(MovedTable table, object?[]? after = null)
    {
        foreach (var row in _reader.Read(table, after)) { yield return row; }
        _database.EnsureInPlace();
    }

    /// <inheritdoc/>
    public object?[]? FindLastKey(MovedTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Run("read from", () =>
        {
            var key = string.Join(", ", table.Key);
            using var rows = new RawStatement(
                Connection, $"SELECT {key} FROM {table.Name} ORDER BY {key.Replace(",", " DESC,", StringComparison.Ordinal)} DESC LIMIT 1");
            return rows.Read() ? rows.GetRow(table.KeyLength) : null;
        });
    }

    /// <inheritdoc/>
    public LastIds ReadLastIds() => Run("read from", () =>
    {
        using var rows = new RawStatement(Connection, ReadLastIdsSql);
        rows.Read(); // a migration inserts the row
        return new LastIds(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
    });

    /// <inheritdoc/>
    public MoveMark? ReadMark() => Run("read from", () =>
    {
        if (!IsUnfinished(Connection)) { return null; }
        using var read = new Statement(Connection, $"SELECT source, state FROM {MoveMark.Table}");
        using var rows = read.Read();
        return rows.Read() ? new MoveMark(rows.GetString(0), rows.GetString(1)) : null;
    });

    /// <inheritdoc/>
    public void SetMark(MoveMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        Commit(() =>
        {
            Connection.Execute($"""
                CREATE TABLE IF NOT EXISTS {MoveMark.Table} (source TEXT NOT NULL, state TEXT NOT NULL) STRICT;
                DELETE FROM {MoveMark.Table}
                """);
            using var insert = new Statement(
                Connection, $"INSERT INTO {MoveMark.Table} (source, state) VALUES ($source, $state)",
                ("$source", SqliteType.Text), ("$state", SqliteType.Text));
            insert.Execute(mark.Source, mark.State);
        });
    }

    /// <inheritdoc/>
    public void Write(MovedTable table, IReadOnlyList<object?[]> rows)
    {
        ArgumentNullException.ThrowIfNull(table);
        Commit(() =>
        {
            var isText = table.Columns.Select(column => _reader.IsText(table.Name, column)).ToArray();
            using var insert = new RawStatement(Connection, $"""
                INSERT INTO {table.Name} ({string.Join(", ", table.Columns)})
                VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})
                """);
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++) { insert.Bind(i + 1, row[i], isText[i]); }
                insert.Execute();
            }
        });
    }

    /// <inheritdoc/>
    public void WriteLastIds(LastIds ids) => Commit(() => Connection.Execute(FormattableString.Invariant($"""
        UPDATE last_message SET id = {ids.Message}, ordered_through = {ids.OrderedThrough};
        DELETE FROM sqlite_sequence WHERE name IN ('accounts', 'logins');
        INSERT INTO sqlite_sequence (name, seq) VALUES ('accounts', {ids.Account}), ('logins', {ids.Login})
        """)));

    /// <inheritdoc/>
    public void Empty() => Commit(() =>
    {
        // Messages first: triggers take each off what its sender has sent.
        foreach (var table in MovedTable.All.Reverse()) { Connection.Execute($"DELETE FROM {table.Name}"); }
        Connection.Execute("DELETE FROM sqlite_sequence; UPDATE last_message SET id = 0, ordered_through = 0");
    });

    /// <inheritdoc/>
    public void Finish()
    {
        _database.EnsureInPlace();
        Commit(() => Connection.Execute($"DROP TABLE {MoveMark.Table}"));
        _database.EnsureInPlace();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _database.Dispose();
    }

    internal static bool IsUnfinished(SqliteConnection connection)
    {
        using var find = new Statement(
            connection, $"SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '{MoveMark.Table}')");
        return find.ReadScalar() is 1L;
    }

    private void Commit(Action write) => Run("write to", () =>
    {
        _transaction.Begin();
        try
        {
            write();
            _transaction.Commit();
        }
        catch
        {
            _transaction.Rollback();
            throw;
        }
    });

    private void Run(string action, Action run) => Run(action, () =>
    {
        run();
        return true;
    });

    private T Run<T>(string action, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, action, Name);
        }
    }
}
