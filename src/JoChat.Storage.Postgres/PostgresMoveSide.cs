using System.Text;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>A PostgreSQL database as one side of a move.</summary>
public sealed class PostgresMoveSide : IMoveSide
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(10);

    // A table is read in the order of an index, or the server would sort all of it first.
    internal const string Settings = """
        SET enable_seqscan = off;
        SET enable_bitmapscan = off;
        SET enable_sort = off;
        SET jit = off
        """;

    private const string ReadLastIdsSql = """
        SELECT last_id, ordered_through,
          (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM accounts_id_seq),
          (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM logins_id_seq)
        FROM writer
        WHERE part = 0
        """;

    private readonly PostgresServer _server;
    private readonly Writer _writer;
    private readonly NpgsqlConnection _connection;

    private PostgresMoveSide(PostgresServer server, Writer writer) =>
        (_server, _writer, _connection) = (server, writer, writer.Connect());

    /// <inheritdoc/>
    public string Name => _server.Name;

    /// <inheritdoc/>
    public string State { get; private set; } = "";

    /// <summary>Opens what is moved from.</summary>
    /// <exception cref="FormatException">It is no connection string.</exception>
    /// <exception cref="StorageException">There is none, or a gateway could not open it either.</exception>
    public static PostgresMoveSide OpenSource(string connectionString) => Open(connectionString, isTarget: false);

    /// <summary>Opens what is moved into; makes the tables if there are none.</summary>
    /// <exception cref="FormatException">It is no connection string.</exception>
    /// <exception cref="StorageException">A gateway could not open it either, but for a move that is not finished.
    /// </exception>
    public static PostgresMoveSide OpenTarget(string connectionString) => Open(connectionString, isTarget: true);

    /// <inheritdoc/>
    public IEnumerable<object?[]> Read(MovedTable table, object?[]? after = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var command = new NpgsqlCommand(ReadSql(table, after is not null), _connection);
        using var rows = Run("read from", () =>
        {
            for (var i = 0; i < after?.Length; i++)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = ToStored(after[i], TypesOf(table)[i]) });
            }
            return command.ExecuteReader();
        });
        while (Run("read from", rows.Read)) { yield return RowOf(rows); }
    }

    /// <inheritdoc/>
    public object?[]? FindLastKey(MovedTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var key = string.Join(", ", table.Key);
        return Run("read from", () => _connection.ReadAll(
            RowOf, $"SELECT {key} FROM {table.Name} ORDER BY {key.Replace(",", " DESC,", StringComparison.Ordinal)} DESC LIMIT 1"))
            .FirstOrDefault();
    }

    /// <inheritdoc/>
    public LastIds ReadLastIds() => Run("read from", () => _connection.ReadAll(
        rows => new LastIds(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)),
        ReadLastIdsSql)[0]);

    /// <inheritdoc/>
    public MoveMark? ReadMark() => Run("read from", () => IsUnfinished(_connection)
        ? _connection.ReadAll(
            rows => new MoveMark(rows.GetText(0), rows.GetText(1)), $"SELECT source, state FROM {MoveMark.Table}")[0]
        : null);

    /// <inheritdoc/>
    public void SetMark(MoveMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        Commit(() =>
        {
            _connection.Execute($"CREATE TABLE IF NOT EXISTS {MoveMark.Table} (source text NOT NULL, state text NOT NULL)");
            _connection.Execute($"DELETE FROM {MoveMark.Table}");
            _connection.Execute(
                $"INSERT INTO {MoveMark.Table} (source, state) VALUES ($1, $2)", mark.Source, mark.State);
        });
    }

    /// <inheritdoc/>
    public void Write(MovedTable table, IReadOnlyList<object?[]> rows)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        Commit(() =>
        {
            var types = TypesOf(table);
            foreach (var part in PostgresTable.PartsOf(table))
            {
                using var import = _connection.BeginBinaryImport(part.CopySql);
                foreach (var row in rows)
                {
                    import.StartRow();
                    foreach (var column in part.Values) { Write(import, ToStored(row[column], types[column])); }
                }
                import.Complete();
            }
        });
    }

    /// <inheritdoc/>
    public void WriteLastIds(LastIds ids) => Commit(() =>
    {
        _connection.Execute(
            "UPDATE writer SET last_id = $1, ordered_through = $2 WHERE part = 0", ids.Message, ids.OrderedThrough);
        foreach (var (sequence, last) in (ReadOnlySpan<(string, long)>)
            [("accounts_id_seq", ids.Account), ("logins_id_seq", ids.Login)])
        {
            _connection.ReadScalar("SELECT setval($1::regclass, greatest($2, 1), $2 > 0)", sequence, last);
        }
    });

    /// <inheritdoc/>
    public void Empty()
    {
        Run("write to", () => _connection.Execute(
            $"TRUNCATE {string.Join(", ", MovedTable.All.SelectMany(PostgresTable.PartsOf).Select(part => part.Name))}"));
        WriteLastIds(default);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Run("write to", () => _connection.Execute("ANALYZE")); // or the first queries know nothing of the tables
        Commit(() => _connection.Execute($"DROP TABLE {MoveMark.Table}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _server.Dispose();
    }

    internal static bool IsUnfinished(NpgsqlConnection connection) =>
        connection.ReadScalar($"SELECT to_regclass('{MoveMark.Table}')::text") is not null;

    internal static string ReadSql(MovedTable table, bool isAfter)
    {
        var key = string.Join(", ", table.Key);
        var after = isAfter
            ? $" WHERE ({key}) > ({string.Join(", ", table.Key.Select((_, i) => FormattableString.Invariant($"${i + 1}")))})"
            : "";
        return $"SELECT {string.Join(", ", table.Columns)} FROM {PostgresTable.Joined(table)}{after} ORDER BY {key}";
    }

    private static PostgresMoveSide Open(string connectionString, bool isTarget)
    {
        var server = new PostgresServer(connectionString, CallTimeout);
        try
        {
            if (!isTarget) { RefuseEmpty(server); }
            var side = new PostgresMoveSide(server, new Writer(server, mayBeUnfinished: isTarget));
            side.Prepare(isTarget);
            return side;
        }
        catch (NpgsqlException fault)
        {
            server.Dispose();
            throw PostgresFault.Translate(fault, "open", server.Name);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    // Opening it would make the tables.
    private static void RefuseEmpty(PostgresServer server)
    {
        using var connection = server.Connect();
        if (connection.ReadScalar("SELECT to_regclass('jochat_schema')::text") is null)
        {
            throw new StorageException(
                $"there are no messages of JoChat in {server.Name} to move from", isTransient: false);
        }
    }

    private static object?[] RowOf(NpgsqlDataReader rows)
    {
        var row = new object?[rows.FieldCount];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = rows.GetValue(i) switch
            {
                DBNull => null,
                bool flag => flag ? 1L : 0L,
                string text => Encoding.UTF8.GetBytes(StoredText.Read(text)),
                var value => value,
            };
        }
        return row;
    }

    private static object ToStored(object? value, Type type) => value switch
    {
        null => DBNull.Value,
        byte[] bytes when type == typeof(string) => StoredText.Write(Encoding.UTF8.GetString(bytes)),
        long number when type == typeof(bool) => number != 0,
        _ => value,
    };

    private static void Write(NpgsqlBinaryImporter import, object value)
    {
        switch (value)
        {
            case long number: import.Write(number); break;
            case bool flag: import.Write(flag); break;
            case string text: import.Write(text); break;
            case byte[] bytes: import.Write(bytes); break;
            default: import.WriteNull(); break;
        }
    }

    private void Prepare(bool isTarget)
    {
        try
        {
            _connection.Execute(Settings);
            // Each batch of a gateway has a number.
            var schema = _connection.ReadScalar("SELECT current_schema()::text");
            State = FormattableString.Invariant($"batch {_writer.Batch} in schema {schema}");
            if (!isTarget) { _connection.Execute("SET default_transaction_read_only = on"); }
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    private Type[] TypesOf(MovedTable table)
    {
        using var command = new NpgsqlCommand(
            $"SELECT {string.Join(", ", table.Columns)} FROM {PostgresTable.Joined(table)} LIMIT 0", _connection);
        using var rows = command.ExecuteReader();
        return [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetFieldType)];
    }

    private void Commit(Action write) => Run("write to", () =>
    {
        using var transaction = _connection.BeginTransaction();
        write();
        transaction.Commit();
        return true;
    });

    private T Run<T>(string action, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (NpgsqlException fault)
        {
            throw PostgresFault.Translate(fault, action, Name);
        }
        catch (Exception fault) when (_connection.State != System.Data.ConnectionState.Open)
        {
            // What Npgsql throws at the end of a copy whose connection is lost.
            throw new StorageException(
                $"cannot {action} {Name}: the connection was lost ({fault.Message})", isTransient: true, fault);
        }
    }
}
