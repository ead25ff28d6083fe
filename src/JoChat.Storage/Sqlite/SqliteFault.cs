using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Says in the operator's words what SQLite reported.</summary>
internal static class SqliteFault
{
    /// <param name="fault">What SQLite reported.</param>
    /// <param name="action">What was tried, after "cannot".</param>
    /// <param name="path">The database file.</param>
    public static StorageException Translate(SqliteException fault, string action, string path)
    {
        var (reason, isTransient) = fault.SqliteErrorCode switch
        {
            SQLITE_FULL => ("the disk is full; free some space on it", true),
            SQLITE_IOERR => ($"the disk failed (SQLite code {fault.SqliteExtendedErrorCode}); check the disk", true),
            SQLITE_BUSY or SQLITE_LOCKED => ("another program holds the database locked; close that program", true),
            SQLITE_READONLY => ("it is not writable; let this user write to the file and its folder", false),
            SQLITE_CANTOPEN => ("it cannot be opened; let this user read and write the file and its folder", false),
            SQLITE_CORRUPT or SQLITE_NOTADB => ("the file is damaged; restore it from a backup", false),
            _ => (fault.Message, false),
        };
        return new StorageException($"cannot {action} {path}: {reason}", isTransient, fault);
    }
}
