using System.Collections.Immutable;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The tables of the original JoChat, by which its databases are known.</summary>
internal static class OriginalSchema
{
    private const int ApplicationIdOffset = 68; // https://www.sqlite.org/fileformat.html#the_database_header

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Tables =
        ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        [
            KeyValuePair.Create<string, ImmutableArray<string>>("users", ["id", "username", "password_hash"]),
            KeyValuePair.Create<string, ImmutableArray<string>>(
                "messages", ["id", "sender", "recipient", "content", "to_deliver"]),
        ]);

    /// <summary>Whether these tables are there. Others may be too.</summary>
    public static bool IsIn(SqliteConnection connection) => Tables.All(
        table => !table.Value.Except(ColumnsOf(connection, table.Key), StringComparer.OrdinalIgnoreCase).Any());

    /// <summary>Throws <see cref="StorageException"/> if the file is a database of the original, and changes nothing: it
    /// makes no file beside it and keeps no lock.</summary>
    /// <param name="path">The file, which may be missing.</param>
    public static void Refuse(string path)
    {
        // While a gateway has this file open in this process, closing the file here would release the locks that SQLite
        // holds on it.
        if (StoreLock.IsTaken(path) || !MayBeIn(path)) { return; }
        try
        {
            // It is read without locks and without files beside it.
            using var connection = SqliteDatabase.Connect(SqliteUri.Immutable(path), SqliteOpenMode.ReadOnly);
            if (IsIn(connection)) { throw Refusal(path); }
        }
        catch (SqliteException)
        {
            // It is damaged, which is found again by whoever opens it.
        }
        if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 } && IsInCopyOf(path)) { throw Refusal(path); }
    }

    /// <summary>The refusal of a database of the original.</summary>
    public static StorageException Refusal(string path) => new(
        $"{path} is the database of the original JoChat; run jochat-gateway import-original {path} --db NEW",
        isTransient: false);

    /// <summary>What is in a database beside the original's tables and columns, for people.</summary>
    public static List<string> FindOthers(SqliteConnection connection)
    {
        var others = new List<string>();
        using (var find = new Statement(connection,
            "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view', 'trigger') AND name NOT GLOB 'sqlite_*'"))
        {
            using var rows = find.Read();
            while (rows.Read())
            {
                if (!Tables.ContainsKey(rows.GetString(1))) { others.Add($"{rows.GetString(0)} {rows.GetString(1)}"); }
            }
        }
        foreach (var (table, columns) in Tables)
        {
            others.AddRange(ColumnsOf(connection, table).Except(columns, StringComparer.OrdinalIgnoreCase)
                .Select(column => $"column {table}.{column}"));
        }
        return others;
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        var columns = new List<string>();
        using var find = new Statement(connection, """
            SELECT name FROM pragma_table_info($table)
            WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(tbl_name) = lower($table))
            """, ("$table", SqliteType.Text));
        using var rows = find.Read(table);
        while (rows.Read()) { columns.Add(rows.GetString(0)); }
        return columns;
    }

    // An SQLite database whose program has not marked it, as the original has not.
    private static bool MayBeIn(string path)
    {
        try
        {
            if (OperatingSystem.IsLinux() && !IsRegular(path)) { return false; }
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[ApplicationIdOffset + sizeof(int)];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
                && head.StartsWith(DatabaseFile.Magic)
                && !head[ApplicationIdOffset..].ContainsAnyExcept((byte)0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // whoever opens it reports what is wrong
        }
    }

    [SupportedOSPlatform("linux")]
    private static bool IsRegular(string path) =>
        LinuxFile.TryFind(LinuxFile.Terminated(path), out var status) && status.IsRegular;

    // A server that was killed may have left all that it made in the WAL, which SQLite does not read without files beside
    // it.
    private static bool IsInCopyOf(string path)
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("jochat-");
            var copy = Path.Combine(folder.FullName, "copy.db");
            OriginalFile.CopyAsTheyAre(path, copy);
            using var connection = SqliteDatabase.Connect(copy, SqliteOpenMode.ReadWrite);
            return IsIn(connection);
        }
        catch (Exception fault) when (fault is SqliteException or StorageException or IOException
            or UnauthorizedAccessException)
        {
            return false; // whoever opens it reports what is wrong
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }
}
