using System.Globalization;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Looks for damage anywhere in a database, before anything is written to it.</summary>
internal static class DamageCheck
{
    /// <summary>Throws <see cref="StorageException"/> if the database is damaged. Reads all of it, but does not compare
    /// indexes with tables. A WAL that ends in the middle of a commit is not damage: a killed process leaves one.
    /// </summary>
    /// <param name="connection">May be read-only.</param>
    /// <param name="path">The database file.</param>
    public static void Run(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0; // as long as it takes
        command.CommandText = "PRAGMA quick_check(1)";
        var found = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (found == "ok") { return; }
        throw SqliteFault.Damaged(path, found?.ReplaceLineEndings(" ") ?? "it cannot be checked");
    }

    /// <summary>Throws <see cref="StorageException"/> if there is a WAL beside a database that is missing or empty:
    /// SQLite would take the database for a new one and delete the WAL, with the messages in it.</summary>
    public static void RefuseOrphanedWal(string path)
    {
        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
        {
            throw SqliteFault.Damaged(path, $"it is empty, but its log {path}-wal is not");
        }
    }
}
