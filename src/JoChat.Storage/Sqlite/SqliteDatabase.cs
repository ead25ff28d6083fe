using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>An open database file: locked, checked, configured and migrated.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly StoreLock _lock;

    private SqliteDatabase(string path, StoreLock taken, SqliteConnection connection) =>
        (Path, _lock, Connection) = (path, taken, connection);

    public string Path { get; }

    public SqliteConnection Connection { get; }

    /// <param name="path">The file.</param>
    /// <param name="isChecked">Whether to check all of it for damage first.</param>
    public static SqliteDatabase Open(string path, bool isChecked)
    {
        DatabaseFile.CheckPath(path);
        // The lock comes first: closing a file, as the check does, releases the POSIX locks that SQLite holds on it
        // anywhere in this process.
        var taken = StoreLock.Take(path);
        try
        {
            if (DatabaseFile.CheckContent(path)) { CheckSchema(path, isChecked); }
            else { DamageCheck.RefuseOrphanedWal(path); }
            return new SqliteDatabase(path, taken, ConnectWriter(path));
        }
        catch (SqliteException fault)
        {
            taken.Dispose();
            throw SqliteFault.Translate(fault, "open", path);
        }
        catch (StorageException)
        {
            taken.Dispose();
            throw;
        }
    }

    // No pooling: a pool keeps the file open after Dispose. The time-out, in seconds, is how long a busy database is
    // retried; 0 would mean for ever.
    public static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        try
        {
            using var checkpoint = new Statement(Connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            checkpoint.Execute();
        }
        catch (SqliteException)
        {
            // What was committed is safe in the WAL, and the next Open reads it from there.
        }
        Connection.Dispose();
        _lock.Dispose();
    }

    // Read-only: a connection that can write would checkpoint the WAL when it closes, and so change a refused file.
    private static void CheckSchema(string path, bool isChecked)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly);
        SchemaVersion.Check(connection, path);
        if (isChecked) { DamageCheck.Run(connection, path); }
    }

    private static SqliteConnection ConnectWriter(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            SqliteSettings.Apply(connection);
            SqliteSettings.Verify(connection, path);
            Migrations.Apply(connection);
            return connection;
        }
        catch (Exception fault) when (fault is SqliteException or StorageException)
        {
            connection.Dispose();
            throw;
        }
    }
}
