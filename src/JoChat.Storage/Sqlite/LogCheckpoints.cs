using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Moves the write-ahead log into the database file now and then, so that it begins anew and does not grow.
/// The writer's thread only.</summary>
/// <remarks>SQLite would do so by itself, but beside a busy reader never to the end: some snapshot always needs the
/// newest of the log. It would then try again with each commit, at the price of another sync, and the log would grow
/// for ever. Here it is tried each so many pages, and when the log has become several times as long, the writer waits
/// for the reads that are under way: those that come after them need the log no more.</remarks>
/// <param name="connection">The writer's.</param>
/// <param name="pages">How many pages are written before the log is moved, > 0.</param>
internal sealed class LogCheckpoints(SqliteConnection connection, int pages)
{
    private const int Patience = 4;

    private readonly sqlite3 _database = connection.Handle!; // null only if it is closed
    private int _doneAt;

    /// <summary>To be called after each commit.</summary>
    public void RunIfDue()
    {
        _ = sqlite3_db_status(_database, SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 0);
        if (written - _doneAt < pages) { return; }
        _doneAt = written;
        if (RunNow() >= (long)pages * Patience) { Run(SQLITE_CHECKPOINT_RESTART); }
    }

    /// <summary>Moves what can be moved without waiting. A failure is passed over: the log is as safe as the file, and
    /// if the disk is full, the next commit that does not fit says so.</summary>
    /// <returns>How long the log still is, in pages; 0 if it begins anew.</returns>
    public int RunNow() => Run(SQLITE_CHECKPOINT_PASSIVE);

    private int Run(int mode)
    {
        var result = sqlite3_wal_checkpoint_v2(_database, "main", mode, out var length, out var moved);
        return result == SQLITE_OK && moved == length ? 0 : length;
    }
}
