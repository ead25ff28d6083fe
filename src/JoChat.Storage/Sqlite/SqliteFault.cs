using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Translates SQLite's errors into what an operator can act on.</summary>
internal static class SqliteFault
{
    /// <summary>The refusal of a database in which damage was found.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="damage">What SQLite found, in one line.</param>
    public static StorageException Damaged(string path, string damage) =>
        new($"cannot open {path}: the file is damaged ({damage}); {Remedy(path)}", isTransient: false);

    /// <param name="fault">What SQLite reported.</param>
    /// <param name="action">What was tried, after "cannot".</param>
    /// <param name="path">The database file.</param>
    public static StorageException Translate(SqliteException fault, string action, string path)
    {
        var (reason, isTransient) = fault.SqliteErrorCode switch
        {
            SQLITE_FULL => (DiskSpace.Full, true),
            SQLITE_IOERR or SQLITE_CANTOPEN when DiskSpace.IsExhausted(path) => (DiskSpace.Full, true),
            SQLITE_IOERR => ($"the disk failed (SQLite code {fault.SqliteExtendedErrorCode}); check the disk", true),
            SQLITE_BUSY or SQLITE_LOCKED => ("another program holds the database locked; close that program", true),
            SQLITE_READONLY => ("it is not writable; let this user write to the file and its folder", false),
            SQLITE_CANTOPEN => ("it cannot be opened; let this user read and write the file and its folder", false),
            SQLITE_CORRUPT or SQLITE_NOTADB => ("the file is damaged; " + Remedy(path), false),
            _ => (fault.Message, false),
        };
        return new StorageException($"cannot {action} {path}: {reason}", isTransient, fault);
    }

    private static string Remedy(string path) =>
        $"move it away together with {path}-wal and keep both, then restore a backup or rescue what is left with " +
        $"sqlite3 MOVED .recover | sqlite3 {path}";
}
