using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>The WAL does not grow for ever, whoever reads beside it.</summary>
public sealed class WalCheckpointerTests : DatabaseTests
{
    private const int Pages = 16, PageBytes = 4096;
    private readonly SqliteConnection _writer;
    private readonly WalCheckpointer _checkpointer;

    public WalCheckpointerTests()
    {
        _writer = Sqlite.Connect(Folder.Database);
        SqliteSettings.Apply(_writer);
        _writer.Run("PRAGMA synchronous = OFF"); // how the WAL grows does not depend on it
        _writer.Run("CREATE TABLE pieces (content BLOB)");
        _checkpointer = new WalCheckpointer(Folder.Database, _writer, Pages, TimeSpan.FromSeconds(60));
    }

    private long WalBytes => new FileInfo(Folder.Database + "-wal").Length;

    public override void Dispose()
    {
        _checkpointer.Dispose();
        _writer.Dispose();
        base.Dispose();
    }

    [Fact]
    public void The_WAL_is_reset_after_so_many_pages()
    {
        Write(commits: 200);

        Assert.InRange(WalBytes, 1, 3 * Pages * PageBytes);
    }

    [Fact]
    public void The_WAL_is_reset_beside_reads_that_follow_each_other_without_a_gap()
    {
        using var reader = Sqlite.Connect(Folder.Database);

        for (var round = 0; round < 20; round++)
        {
            reader.Run("BEGIN");
            reader.Run("SELECT count(*) FROM pieces");
            Write(commits: Pages);
            var next = new Thread(_checkpointer.YieldToCheckpoint);
            next.Start();
            SpinWait.SpinUntil(() => !next.IsAlive || next.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            Assert.True(next.IsAlive, "the next read does not wait for the checkpoint that this one blocks");
            reader.Run("COMMIT");
            Write(commits: 1);
            Assert.True(next.Join(TimeSpan.FromSeconds(30)), "the next read waits for more than one commit");
        }

        Assert.InRange(WalBytes, 1, 10 * Pages * PageBytes); // six times as many were written
    }

    [Fact]
    public async Task Reads_wait_no_more_for_a_snapshot_that_somebody_else_keeps_open()
    {
        using var impatient = new WalCheckpointer(Folder.Database, _writer, Pages, maxYield: TimeSpan.Zero);
        using var backup = Sqlite.Connect(Folder.Database);
        backup.Run("BEGIN");
        backup.Run("SELECT count(*) FROM pieces");
        var held = 0;
        for (var commit = 0; commit < 10 * Pages; commit++)
        {
            _writer.Run("INSERT INTO pieces VALUES (zeroblob(2000))");
            impatient.RunIfDue();
            await impatient.Copying;
            if (impatient.HoldsReads) { held++; }
        }

        Assert.InRange(held, 1, 2 * 10); // once or twice for as many pages as make a checkpoint due, not at each commit
    }

    [Fact]
    public void The_WAL_of_a_killed_process_is_checkpointed_at_the_start()
    {
        using var folder = new TestFolder();
        SqliteChatStore.Open(folder.Database).Dispose();
        using (var killed = Sqlite.Connect(folder.Database))
        {
            killed.Run("PRAGMA wal_autocheckpoint = 0");
            killed.Run("CREATE TABLE left_behind (content BLOB)");
            // More than what is looked for: free pages are used first.
            killed.Run("INSERT INTO left_behind VALUES (zeroblob(1100000))");
            using var copy = new TestFolder();
            folder.CopyDatabaseTo(copy);
            var before = new FileInfo(copy.Database).Length;

            using var store = SqliteChatStore.Open(copy.Database);

            Assert.InRange(new FileInfo(copy.Database).Length, before + 1_000_000, long.MaxValue);
        }
    }

    [Fact]
    public void A_pinned_snapshot_blocks_no_commit_and_the_WAL_is_reset_after_it()
    {
        using var reader = Sqlite.Connect(Folder.Database);
        reader.Run("BEGIN");
        reader.Run("SELECT count(*) FROM pieces");
        Write(commits: 100);

        var seen = reader.Run("SELECT count(*) FROM pieces");
        reader.Run("COMMIT");
        var before = WalBytes;
        Write(commits: 100);

        Assert.Equal(0L, seen);
        Assert.Equal(200L, reader.Run("SELECT count(*) FROM pieces"));
        Assert.InRange(WalBytes, 1, before + (3 * Pages * PageBytes));
    }

    [Fact]
    public void Commits_do_not_wait_for_the_thread_that_copies()
    {
        var thread = new HeldThread();
        using var checkpointer = new WalCheckpointer(Folder.Database, _writer, Pages, TimeSpan.Zero, thread);

        Commit(checkpointer, times: 10 * Pages);

        Assert.False(checkpointer.Copying.IsCompleted);
        Assert.InRange(WalBytes, 10 * Pages * PageBytes, long.MaxValue);
        var before = WalBytes;
        thread.Release();
        Assert.True(checkpointer.Copying.IsCompletedSuccessfully);
        Commit(checkpointer, times: Pages);
        Assert.Equal(before, WalBytes); // it was reset
    }

    private void Write(int commits)
    {
        for (var i = 0; i < commits; i++)
        {
            Commit(_checkpointer, times: 1);
            _checkpointer.Copying.Wait(); // or how far the WAL grows would depend on the machine
        }
    }

    private void Commit(WalCheckpointer checkpointer, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _writer.Run("INSERT INTO pieces VALUES (zeroblob(8000))");
            checkpointer.RunIfDue();
        }
    }

    /// <summary>A thread that does nothing until it is released, or somebody waits for it.</summary>
    private sealed class HeldThread : TaskScheduler
    {
        private readonly Queue<Task> _held = new();

        public void Release()
        {
            while (_held.TryDequeue(out var task)) { TryExecuteTask(task); }
        }

        protected override void QueueTask(Task task) => _held.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => _held;
    }
}
