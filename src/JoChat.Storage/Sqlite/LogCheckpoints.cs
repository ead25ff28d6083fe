using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Moves the write-ahead log into the database file now and then, so that it begins anew and does not grow.
/// The writer's thread only, but for <see cref="GiveWay"/>.</summary>
/// <remarks>SQLite would do so by itself, but beside a busy reader never to the end: some snapshot always needs the
/// newest of the log, and the log would grow for ever. SQLite's remedy makes the writer wait for a gap between reads.
/// Here the writer waits for nobody: if a read is in the way, the next ones wait for the writer's next commit.
/// </remarks>
/// <param name="connection">The writer's.</param>
/// <param name="pages">How many pages are written before the log is moved, > 0.</param>
/// <param name="longestGiveWay">How long a read waits for a commit. If none comes, the log does not grow.</param>
internal sealed class LogCheckpoints(SqliteConnection connection, int pages, TimeSpan longestGiveWay) : IDisposable
{
    private readonly sqlite3 _database = connection.Handle!; // null only if it is closed
    private readonly ManualResetEventSlim _isFree = new(initialState: true);
    private bool _isBlocked; // a read was in the way; the writer's own
    private int _sinceMoved;

    /// <summary>To be called by a reader before each snapshot, on any thread.</summary>
    public void GiveWay()
    {
        if (!_isFree.Wait(longestGiveWay)) { _isFree.Set(); } // the writer rests: the next ones need not wait as well
    }

    /// <summary>To be called after each commit.</summary>
    public void RunIfDue()
    {
        // Reset each time: SQLite counts up to 2^31 and then begins anew.
        _ = sqlite3_db_status(_database, SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 1);
        _sinceMoved += written;
        if (!_isBlocked && _sinceMoved < pages) { return; }
        _sinceMoved = 0;
        _isBlocked = !RunNow();
        if (_isBlocked) { _isFree.Reset(); }
        else { _isFree.Set(); }
    }

    /// <summary>Moves what can be moved without waiting. A failure is passed over: the log is as safe as the file, and
    /// if the disk is full, the next commit that does not fit says so.</summary>
    /// <returns>Whether no read was in the way.</returns>
    public bool RunNow()
    {
        var result = sqlite3_wal_checkpoint_v2(
            _database, "main", SQLITE_CHECKPOINT_PASSIVE, out var length, out var moved);
        return result != SQLITE_OK || moved == length;
    }

    // A reader may still look at the event.
    public void Dispose() => _isFree.Set();
}
