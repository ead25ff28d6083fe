using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>An open database file: locked, checked, configured and migrated.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int DontCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

    private readonly StoreLock _lock;
    private readonly FilesInPlace _files;

    static SqliteDatabase() => SqliteLibrary.Configure();

    private SqliteDatabase(string path, StoreLock taken, SqliteConnection connection, FilesInPlace files) =>
        (Path, _lock, Connection, _files) = (path, taken, connection, files);

    /// <summary>The file itself, not a link to it.</summary>
    public string Path { get; }

    public SqliteConnection Connection { get; }

    /// <param name="path">The file, or a link to it.</param>
    /// <param name="isChecked">Whether to check all of it for damage first.</param>
    /// <param name="skeletonOf">What the usernames that look alike have in common.</param>
    /// <param name="mayBeUnfinished">Whether it may be the target of a move that is not finished.</param>
    public static SqliteDatabase Open(
        string path, bool isChecked, Func<string, string> skeletonOf, bool mayBeUnfinished = false)
    {
        var named = System.IO.Path.GetFullPath(path);
        var resolved = Resolve(named);
        DatabaseFile.CheckPath(resolved);
        OriginalSchema.Refuse(resolved);
        // The lock comes first: closing a file, as the check does, releases the POSIX locks that SQLite holds on it
        // anywhere in this process.
        var taken = StoreLock.Take(resolved);
        try
        {
            if (taken.Database.HasContent) { CheckSchema(resolved, isChecked, mayBeUnfinished); }
            else { DamageCheck.RefuseOrphanedWal(resolved); }
            var connection = ConnectWriter(resolved, skeletonOf);
            if (!taken.Database.IsAt(resolved)) { RefuseReplaced(resolved, connection); }
            var files = new FilesInPlace(named, resolved, resolved + "-wal");
            return new SqliteDatabase(resolved, taken, connection, files);
        }
        catch (SqliteException fault)
        {
            taken.Dispose();
            throw SqliteFault.Translate(fault, "open", resolved);
        }
        catch (StorageException)
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Throws <see cref="StoreLostException"/> if its files are no longer where their names lead.</summary>
    public void EnsureInPlace()
    {
        if (_files.FindMoved() is { } moved)
        {
            throw new StoreLostException(
                $"{moved} was moved, replaced or deleted while it was in use. What was being stored is not acknowledged; " +
                "put the right file in place and start again");
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
        if (_files.FindMoved() is not null) { KeepWal(); }
        Connection.Dispose();
        _lock.Dispose();
    }

    /// <summary>The file itself, not a link to it: two gateways could otherwise lock different names of one file, and
    /// SQLite keeps the WAL beside the file.</summary>
    public static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return path; // there is no such file yet, or opening it will report what is wrong
        }
    }

    private static void RefuseReplaced(string path, SqliteConnection connection)
    {
        connection.Dispose();
        throw new StorageException($"{path} was replaced while it was opened; start again", isTransient: false);
    }

    // SQLite deletes the WAL when the last connection closes, by its name: another database may have one there by now.
    private void KeepWal() =>
        _ = sqlite3_db_config(Connection.Handle, DontCheckpointOnClose, 1, out _);

    // Read-only: a connection that can write would checkpoint the WAL when it closes, and so change a refused file.
    private static void CheckSchema(string path, bool isChecked, bool mayBeUnfinished)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly);
        SchemaVersion.Check(connection, path);
        if (!mayBeUnfinished && SqliteMoveSide.IsUnfinished(connection)) { throw MoveMark.Refusal(path); }
        if (isChecked) { DamageCheck.Run(connection, path); }
    }

    private static SqliteConnection ConnectWriter(string path, Func<string, string> skeletonOf)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            SqliteSettings.Apply(connection);
            SqliteSettings.Verify(connection, path);
            Migrations.Apply(connection, skeletonOf);
            return connection;
        }
        catch (Exception fault) when (fault is SqliteException or StorageException)
        {
            connection.Dispose();
            throw;
        }
    }
}
