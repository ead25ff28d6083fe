using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Copies a database that a gateway may use, as it is at one moment.</summary>
internal static class OnlineCopy
{
    private const int PagesAtOnce = 64;
    private const int BytesPerSync = 4 * 1024 * 1024;

    // A disk that is kept busy makes the gateway's commits wait.
    private const int BytesPerSecond = 64 * 1024 * 1024;

    // The other one may not write; nothing needs to be undone: a copy that fails is deleted.
    private const string SourceSettings = "PRAGMA query_only = ON; PRAGMA cache_size = -1024; PRAGMA busy_timeout = 1000";
    private const string CopySettings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1024";

    /// <summary>Copies it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="copy">Where the copy is to be.</param>
    /// <param name="file">The file there, empty. It is on the disk when this returns.</param>
    /// <param name="progress">Hears how far it has come.</param>
    public static void Make(string database, string copy, FileStream file, IMoveProgress progress)
    {
        var path = SqliteDatabase.Resolve(Path.GetFullPath(database));
        if (!File.Exists(path)) { throw new StorageException($"there is no database {path}", isTransient: false); }
        if (OperatingSystem.IsLinux()) { LinuxFile.RefuseOtherName(path); }
        OriginalSchema.Refuse(path); // whose WAL the connection below would merge when it closes
        using var source = SqliteDatabase.Connect(path, SqliteOpenMode.ReadWrite); // to make the index of the WAL, if need be
        source.Execute(SourceSettings);
        SchemaVersion.Check(source, path);
        if (SqliteMoveSide.IsUnfinished(source)) { throw MoveMark.Refusal(path); }
        using (var target = SqliteDatabase.Connect(copy, SqliteOpenMode.ReadWrite))
        {
            target.Execute(CopySettings);
            // An open transaction keeps its snapshot, else each commit of the gateway would have the copy begin anew.
            source.Execute("BEGIN; SELECT count(*) FROM sqlite_schema");
            var pageBytes = (long)SqliteSettings.ReadPragma(source, "page_size")!; // this pragma always has a value
            CopyPages(source.Handle!, target.Handle!, pageBytes, file, progress);
        }
        file.Flush(flushToDisk: true);
    }

    private static void CopyPages(
        sqlite3 source, sqlite3 target, long pageBytes, FileStream file, IMoveProgress progress)
    {
        using var copying = sqlite3_backup_init(target, "main", source, "main")
            ?? throw new SqliteException(sqlite3_errmsg(target).utf8_to_string(), sqlite3_errcode(target));
        var (start, synced, done) = (Stopwatch.GetTimestamp(), 0L, 0L);
        int result;
        while ((result = sqlite3_backup_step(copying, PagesAtOnce)) == SQLITE_OK)
        {
            done = pageBytes * (sqlite3_backup_pagecount(copying) - sqlite3_backup_remaining(copying));
            if (done - synced >= BytesPerSync)
            {
                file.Flush(flushToDisk: true); // what piles up unsynced, a commit beside it would have to wait for
                synced = done;
                progress.Report("pages", "copied", done / pageBytes);
            }
            var ahead = TimeSpan.FromSeconds((double)done / BytesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero) { Thread.Sleep(ahead); }
        }
        if (result != SQLITE_DONE) { SqliteException.ThrowExceptionForRC(result, target); }
    }
}
