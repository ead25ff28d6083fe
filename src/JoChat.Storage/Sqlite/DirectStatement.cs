using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>A statement that runs, or has rows, about once a message. It is bound and run without ADO.NET, with which
/// storing a message takes a quarter more CPU. Its owner's thread only.</summary>
internal sealed class DirectStatement : IDisposable
{
    private const int MostOnStack = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public DirectStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!; // null only if it is closed
        Check(sqlite3_prepare_v3(_database, sql, SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds a parameter, which keeps its value until it is bound again.</summary>
    /// <param name="position">From 1, in the order in which the parameters first stand in the text.</param>
    /// <param name="value">The value.</param>
    public void Bind(int position, long value) => Check(sqlite3_bind_int64(_statement, position, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int position, ReadOnlySpan<byte> value) => Check(sqlite3_bind_blob(_statement, position, value));

    /// <inheritdoc cref="Bind(int, long)"/>
    public void Bind(int position, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > MostOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented is null ? stackalloc byte[MostOnStack] : rented.AsSpan();
        var size = Encoding.UTF8.GetBytes(value, bytes);
        // The address of no bytes is null, and that would be NULL.
        Check(size > 0
            ? sqlite3_bind_text(_statement, position, bytes[..size])
            : sqlite3_bind_text(_statement, position, ""));
        if (rented is not null) { ArrayPool<byte>.Shared.Return(rented); }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed, those of a cascade not counted.</returns>
    public int Execute()
    {
        var result = sqlite3_step(_statement);
        var changes = sqlite3_changes(_database);
        Reset();
        if (result != SQLITE_DONE) { Check(result); }
        return changes;
    }

    /// <summary>Goes to its next row, at first to the first.</summary>
    /// <returns>False if there is none; then it begins anew.</returns>
    public bool Read()
    {
        var result = sqlite3_step(_statement);
        if (result == SQLITE_ROW) { return true; }
        Reset();
        if (result != SQLITE_DONE) { Check(result); }
        return false;
    }

    /// <summary>A number in the row it is at.</summary>
    public long GetInt64(int column) => sqlite3_column_int64(_statement, column);

    /// <summary>Leaves its rows. While it is at one, the transaction cannot end.</summary>
    public void Reset() => _ = sqlite3_reset(_statement); // says again what the last step said

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
