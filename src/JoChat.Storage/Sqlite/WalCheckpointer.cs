using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Checkpoints the WAL every so many pages, so that SQLite can reset it and it does not grow. The writer's
/// thread only, except for <see cref="YieldToCheckpoint"/>.</summary>
/// <remarks>The WAL can be reset only when no reader pins an older snapshot. SQLite's automatic checkpoints never find
/// such a moment beside a busy reader, and the WAL grows for ever; its blocking checkpoints make the writer wait for a
/// gap between reads. Here the writer waits for nobody: if a read was in the way, new reads wait until the next commit
/// has checkpointed.</remarks>
/// <param name="connection">The writer's.</param>
/// <param name="pages">How many pages are written before a checkpoint, > 0.</param>
/// <param name="maxYield">How long a read waits for a commit. If there is none, the WAL does not grow.</param>
internal sealed class WalCheckpointer(SqliteConnection connection, int pages, TimeSpan maxYield) : IDisposable
{
    private readonly sqlite3 _database = connection.Handle!; // null only if it is closed
    private readonly ManualResetEventSlim _readsAllowed = new(initialState: true);
    private bool _wasBlocked; // by a read, at the last checkpoint; the writer's own
    private int _pagesSinceCheckpoint;

    /// <summary>A reader calls this before each snapshot, on any thread.</summary>
    public void YieldToCheckpoint()
    {
        if (!_readsAllowed.Wait(maxYield)) { _readsAllowed.Set(); } // the writer is idle: later reads need not wait
    }

    /// <summary>The writer calls this after each commit.</summary>
    public void RunIfDue()
    {
        // Reset each time: SQLite's counter wraps at 2^31.
        _ = sqlite3_db_status(_database, SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 1);
        _pagesSinceCheckpoint += written;
        if (!_wasBlocked && _pagesSinceCheckpoint < pages) { return; }
        _pagesSinceCheckpoint = 0;
        _wasBlocked = !RunNow();
        if (_wasBlocked) { _readsAllowed.Reset(); }
        else { _readsAllowed.Set(); }
    }

    /// <summary>Checkpoints as much as is possible without waiting. A failure is ignored: what is in the WAL is as
    /// durable as what is in the file, and if the disk is full, the next commit that does not fit reports it.</summary>
    /// <returns>False if a read was in the way.</returns>
    public bool RunNow()
    {
        var result = sqlite3_wal_checkpoint_v2(
            _database, "main", SQLITE_CHECKPOINT_PASSIVE, out var pagesInWal, out var checkpointed);
        return result != SQLITE_OK || checkpointed == pagesInWal;
    }

    // A reader may still wait on the event, so it is set and not disposed of.
    public void Dispose() => _readsAllowed.Set();
}
