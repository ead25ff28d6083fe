using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>The log does not grow for ever, whoever reads beside it.</summary>
public sealed class WalCheckpointerTests : IDisposable
{
    private const int Pages = 16, PageBytes = 4096;
    private readonly TestFolder _folder = new();
    private readonly SqliteConnection _writer;
    private readonly WalCheckpointer _log;

    public WalCheckpointerTests()
    {
        _writer = Sqlite.Connect(_folder.Database);
        SqliteSettings.Apply(_writer);
        _writer.Run("CREATE TABLE pieces (content BLOB)");
        _log = new WalCheckpointer(_writer, Pages, TimeSpan.FromSeconds(60));
    }

    private long LogBytes => new FileInfo(_folder.Database + "-wal").Length;

    public void Dispose()
    {
        _log.Dispose();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_log_begins_anew_after_so_many_pages()
    {
        Write(commits: 200);

        Assert.InRange(LogBytes, 1, 3 * Pages * PageBytes);
    }

    [Fact]
    public async Task The_log_begins_anew_beside_a_reader_that_never_rests()
    {
        using var stop = new CancellationTokenSource();
        using var started = new SemaphoreSlim(0);
        var reading = Task.Run(() => ReadUntil(started, stop.Token), CancellationToken.None);
        await started.WaitAsync(CancellationToken.None);

        Write(commits: 1000);
        await stop.CancelAsync();
        _log.Dispose(); // nothing is committed any more that the reader could wait for
        await reading;

        Assert.InRange(LogBytes, 1, 1000 * PageBytes); // 3,000 pages and more were written
    }

    [Fact]
    public void The_log_that_killed_processes_left_is_emptied_at_the_start()
    {
        using var folder = new TestFolder();
        SqliteChatStore.Open(folder.Database).Dispose();
        using (var killed = Sqlite.Connect(folder.Database))
        {
            killed.Run("PRAGMA wal_autocheckpoint = 0");
            killed.Run("CREATE TABLE left_behind (content BLOB)");
            killed.Run("INSERT INTO left_behind VALUES (zeroblob(1000000))");
            using var copy = new TestFolder();
            foreach (var suffix in (string[])["", "-wal"])
            {
                File.Copy(folder.Database + suffix, copy.Database + suffix); // as a kill would leave them
            }
            var before = new FileInfo(copy.Database).Length;

            using var store = SqliteChatStore.Open(copy.Database);

            Assert.InRange(new FileInfo(copy.Database).Length, before + 1_000_000, long.MaxValue);
        }
    }

    [Fact]
    public void A_snapshot_that_is_held_open_holds_up_no_commit_and_the_log_begins_anew_behind_it()
    {
        using var reader = Sqlite.Connect(_folder.Database);
        reader.Run("BEGIN");
        reader.Run("SELECT count(*) FROM pieces");
        Write(commits: 100);

        var seen = reader.Run("SELECT count(*) FROM pieces");
        reader.Run("COMMIT");
        var before = LogBytes;
        Write(commits: 100);

        Assert.Equal(0L, seen);
        Assert.Equal(200L, reader.Run("SELECT count(*) FROM pieces"));
        Assert.InRange(LogBytes, 1, before + (3 * Pages * PageBytes));
    }

    private void Write(int commits)
    {
        for (var i = 0; i < commits; i++)
        {
            _writer.Run("INSERT INTO pieces VALUES (zeroblob(8000))");
            _log.RunIfDue();
        }
    }

    private void ReadUntil(SemaphoreSlim started, CancellationToken stop)
    {
        using var reader = Sqlite.Connect(_folder.Database);
        reader.Run("BEGIN");
        while (!stop.IsCancellationRequested)
        {
            reader.Run("SELECT count(*) FROM pieces");
            reader.Run("COMMIT");
            _log.YieldToCheckpoint();
            reader.Run("BEGIN");
            reader.Run("SELECT count(*) FROM pieces"); // a snapshot is open nearly always
            if (started.CurrentCount == 0) { started.Release(); }
        }
    }
}
