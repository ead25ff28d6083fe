using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Which program a database belongs to, and which of our migrations were applied to it.</summary>
internal static class SchemaVersion
{
    /// <summary>Marks a database as JoChat's: "JoCh" in ASCII.</summary>
    public const long ApplicationId = 0x4A6F4368;

    /// <summary>Throws <see cref="StorageException"/> if the database is another program's, or newer than this one.
    /// </summary>
    /// <param name="connection">May be read-only.</param>
    /// <param name="path">The database file.</param>
    public static void Check(SqliteConnection connection, string path)
    {
        var version = Read(connection);
        var application = (long)SqliteSettings.ReadPragma(connection, "application_id")!; // it always has a value
        if (application != ApplicationId && (application != 0 || version != 0 || HasTables(connection)))
        {
            throw OriginalSchema.IsIn(connection) ? OriginalSchema.Refusal(path) : new StorageException(
                $"{path} is the database of another program; name another file", isTransient: false);
        }
        if (version > Migrations.Newest)
        {
            throw new StorageException(
                $"{path} has schema {version}, made by a newer JoChat; this one knows schemas up to " +
                $"{Migrations.Newest}: install the newer one",
                isTransient: false);
        }
    }

    public static long Read(SqliteConnection connection) =>
        (long)SqliteSettings.ReadPragma(connection, "user_version")!; // this pragma always has a value

    private static bool HasTables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
        return command.ExecuteScalar() is 1L;
    }
}
