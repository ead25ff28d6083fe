using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The settings of a connection. Durability needs some of them, and SQLite silently ignores a setting that it
/// cannot apply.</summary>
internal static class SqliteSettings
{
    // wal_autocheckpoint is off because WalCheckpointer does it.
    // secure_delete: FAST would leave what filled whole pages, as long messages do. Short ones cost the same, the
    // deletion of long ones half as much again.
    // fullfsync: on macOS a plain fsync leaves the data in the drive's cache. It has no effect elsewhere.
    private const string All = """
        PRAGMA encoding = 'UTF-8';
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA busy_timeout = 1000;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        PRAGMA temp_store = MEMORY;
        PRAGMA case_sensitive_like = ON;
        """;

    // A small cache: each commit of the writer invalidates it, which takes longer the larger it is, and the operating
    // system caches the same pages.
    private const string Readers = """
        PRAGMA busy_timeout = 1000;
        PRAGMA cache_size = -2048;
        PRAGMA temp_store = MEMORY;
        PRAGMA case_sensitive_like = ON;
        """;

    private static readonly (string Name, object Value, string Meaning)[] Required =
    [
        ("encoding", "UTF-8", "the text is not stored as UTF-8"),
        ("journal_mode", "wal", "its file system cannot do write-ahead logging"),
        ("synchronous", 2L, "commits would not be synced to disk"),
        ("secure_delete", 1L, "deleted text would stay in the file"),
        ("foreign_keys", 1L, "references would not be checked"),
    ];

    public static void Apply(SqliteConnection connection) => connection.Execute(All);

    /// <summary>Configures a read-only connection.</summary>
    public static void ApplyToReader(SqliteConnection connection) => connection.Execute(Readers);

    /// <summary>Throws <see cref="StorageException"/> if a required setting did not take effect.</summary>
    public static void Verify(SqliteConnection connection, string path)
    {
        foreach (var (name, value, meaning) in Required)
        {
            var actual = ReadPragma(connection, name);
            if (!value.Equals(actual))
            {
                throw new StorageException(
                    $"cannot use {path}: {meaning} ({name} is {actual}, not {value}); put the file on another disk",
                    isTransient: false);
            }
        }
    }

    public static object? ReadPragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return command.ExecuteScalar();
    }
}
