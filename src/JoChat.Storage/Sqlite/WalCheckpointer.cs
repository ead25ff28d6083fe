using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>Checkpoints the WAL every so many pages, so that SQLite can reset it and it does not grow.</summary>
/// <remarks>
/// <para>In two steps. A thread copies most of the WAL into the database and syncs it, with a connection of its own,
/// while the writer goes on: it may take a tenth of a second. Then the writer copies what it has written meanwhile,
/// behind a commit, because the WAL can be reset only when all of it is copied.</para>
/// <para>It can be reset only when no reader pins an older snapshot, too. SQLite's automatic checkpoints never find
/// such a moment beside a busy reader, and the WAL grows for ever; its blocking checkpoints make the writer wait for a
/// gap between reads. Here the writer waits for nobody: if a read was in the way, new reads wait until the next commit
/// has checkpointed. But a backup pins a snapshot for as long as it copies: if reads have waited in vain, they wait no
/// more until as much again is written.</para>
/// <para>The writer's thread only, except for <see cref="YieldToCheckpoint"/>.</para>
/// </remarks>
internal sealed class WalCheckpointer : IDisposable
{
    private const int Passes = 2; // the second finds what was written while the first was synced

    private readonly SqliteConnection _own;
    private readonly sqlite3 _writer;
    private readonly int _pages;
    private readonly TimeSpan _maxYield;
    private readonly TaskScheduler _threads;
    private readonly ManualResetEventSlim _readsAllowed = new(initialState: true);
    private bool _isFinishing; // copied by the thread, but not yet whole
    private long? _heldSince; // when reads began to wait
    private int _pagesSinceCheckpoint;

    /// <param name="path">The database.</param>
    /// <param name="writer">The writer's connection.</param>
    /// <param name="pages">How many pages are written before a checkpoint, > 0.</param>
    /// <param name="maxYield">How long a read waits for a commit. If there is none, the WAL does not grow.</param>
    /// <param name="threads">Where it copies; null for a thread of its own.</param>
    public WalCheckpointer(
        string path, SqliteConnection writer, int pages, TimeSpan maxYield, TaskScheduler? threads = null)
    {
        _threads = threads ?? TaskScheduler.Default;
        (_writer, _pages, _maxYield) = (writer.Handle!, pages, maxYield); // null only if it is closed
        _own = SqliteDatabase.Connect(path, SqliteOpenMode.ReadWrite);
        SqliteSettings.Apply(_own);
    }

    /// <summary>What the thread does now; completed if it does nothing.</summary>
    public Task Copying { get; private set; } = Task.CompletedTask;

    /// <summary>Whether reads wait.</summary>
    internal bool HoldsReads => !_readsAllowed.IsSet;

    /// <summary>A reader calls this before each snapshot, on any thread.</summary>
    public void YieldToCheckpoint()
    {
        if (!_readsAllowed.Wait(_maxYield)) { _readsAllowed.Set(); } // the writer is idle: later reads need not wait
    }

    /// <summary>The writer calls this after each commit.</summary>
    public void RunIfDue()
    {
        // Reset each time: SQLite's counter wraps at 2^31.
        _ = sqlite3_db_status(_writer, SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 1);
        _pagesSinceCheckpoint += written;
        if (!Copying.IsCompleted) { return; }
        if (_isFinishing) { Finish(); }
        else if (_pagesSinceCheckpoint >= _pages) { Copy(); }
    }

    /// <summary>Checkpoints as much as is possible without waiting. A failure is ignored: what is in the WAL is as
    /// durable as what is in the file, and if the disk is full, the next commit that does not fit reports it.</summary>
    /// <returns>False if a read was in the way.</returns>
    public bool RunNow() => Run(_writer);

    // A reader may still wait on the event, so it is set and not disposed of.
    public void Dispose()
    {
        _readsAllowed.Set();
        Copying.Wait(); // or it would copy with a closed connection
        _own.Dispose();
    }

    private void Copy()
    {
        (_pagesSinceCheckpoint, _isFinishing) = (0, true);
        Copying = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Passes; i++) { Run(_own.Handle!); }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, _threads);
    }

    private void Finish()
    {
        if (RunNow() || (_heldSince is { } since && Stopwatch.GetElapsedTime(since) >= _maxYield))
        {
            (_isFinishing, _heldSince) = (false, null);
            _readsAllowed.Set();
            return;
        }
        _heldSince ??= Stopwatch.GetTimestamp();
        _readsAllowed.Reset();
    }

    private static bool Run(sqlite3 database)
    {
        var result = sqlite3_wal_checkpoint_v2(
            database, "main", SQLITE_CHECKPOINT_PASSIVE, out var pagesInWal, out var checkpointed);
        return result != SQLITE_OK || checkpointed == pagesInWal;
    }
}
