using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>A prepared statement without ADO.NET, with which storing a message takes a quarter more CPU: for statements
/// that run, or return a row, about once a message. Its owner's thread only.</summary>
internal sealed class RawStatement : IDisposable
{
    private const int MaxStackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public RawStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!; // null only if it is closed
        Check(sqlite3_prepare_v3(_database, sql, SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds a parameter; it keeps its value until it is bound again.</summary>
    /// <param name="position">From 1, in the order in which the parameters first occur in the text.</param>
    /// <param name="value">The value.</param>
    public void Bind(int position, long value) => Check(sqlite3_bind_int64(_statement, position, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int position, ReadOnlySpan<byte> value) => Check(sqlite3_bind_blob(_statement, position, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int position, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented is null ? stackalloc byte[MaxStackBytes] : rented.AsSpan();
        var size = Encoding.UTF8.GetBytes(value, bytes);
        // An empty span has a null pointer, which SQLite would bind as NULL.
        Check(size > 0
            ? sqlite3_bind_text(_statement, position, bytes[..size])
            : sqlite3_bind_text(_statement, position, ""));
        if (rented is not null) { ArrayPool<byte>.Shared.Return(rented); }
    }

    /// <summary>Binds a text that is UTF-8 already.</summary>
    public void BindText(int position, ReadOnlySpan<byte> utf8) => Check(utf8.Length > 0
        ? sqlite3_bind_text(_statement, position, utf8)
        : sqlite3_bind_text(_statement, position, ""));

    /// <summary>Binds a value of <see cref="GetValue"/>.</summary>
    /// <param name="position">From 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="isText">Whether bytes are a text.</param>
    public void Bind(int position, object? value, bool isText)
    {
        switch (value)
        {
            case null: Check(sqlite3_bind_null(_statement, position)); break;
            case byte[] bytes when isText: BindText(position, bytes); break;
            case byte[] bytes: Bind(position, bytes); break;
            default: Bind(position, (long)value); break;
        }
    }

    /// <summary>Runs it to completion.</summary>
    /// <returns>How many rows it changed, without those of a cascade.</returns>
    public int Execute()
    {
        var result = sqlite3_step(_statement);
        var changes = sqlite3_changes(_database);
        Reset();
        if (result != SQLITE_DONE) { Check(result); }
        return changes;
    }

    /// <summary>Steps to the next row, at first to the first.</summary>
    /// <returns>False if there is none; the statement is reset then.</returns>
    public bool Read()
    {
        var result = sqlite3_step(_statement);
        if (result == SQLITE_ROW) { return true; }
        Reset();
        if (result != SQLITE_DONE) { Check(result); }
        return false;
    }

    /// <summary>A column of the current row.</summary>
    public long GetInt64(int column) => sqlite3_column_int64(_statement, column);

    /// <summary>A column of the current row: null, a <see cref="long"/>, or the bytes of a text or a blob.</summary>
    public object? GetValue(int column) => sqlite3_column_type(_statement, column) switch
    {
        SQLITE_NULL => null,
        SQLITE_INTEGER => GetInt64(column),
        _ => sqlite3_column_blob(_statement, column).ToArray(),
    };

    /// <summary>The first columns of the current row, see <see cref="GetValue"/>.</summary>
    public object?[] GetRow(int columns)
    {
        var row = new object?[columns];
        for (var i = 0; i < row.Length; i++) { row[i] = GetValue(i); }
        return row;
    }

    /// <summary>A column of the current row, of a database that may have any encoding.</summary>
    public OriginalValue GetOriginal(int column)
    {
        // It converts a text to UTF-8 where it is.
        if (sqlite3_column_type(_statement, column) == SQLITE_TEXT) { _ = sqlite3_column_text(_statement, column); }
        return new OriginalValue(GetValue(column));
    }

    /// <summary>Abandons the remaining rows. While it is at a row, the transaction cannot end.</summary>
    public void Reset() => _ = sqlite3_reset(_statement); // returns the last step's error again

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
