using System.Diagnostics;
using JoChat.Storage;

namespace JoChat.Load;

/// <summary>A backup of a large database while people chat and one reads old messages: what they notice, and whether all is in it.</summary>
internal sealed class BackupWorkload(LargeSize size, LoadOptions options)
{
    private const int Pairs = 100; // with 20 messages a second each
    private const double MostSlowdown = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private readonly LoadState _state = new();

    /// <summary>Measures.</summary>
    /// <returns>The figures, and the targets: those before the backup, doubled.</returns>
    public async Task<IReadOnlyList<RunResult>> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        SeededAccounts.Add(folder, iterations: 1, [LargeContent.Usual, LargeContent.Busy, LargeContent.Away]);
        LargeContent.Fill(ChatServer.DatabaseIn(folder), size, cancellation);
        await using var server = await ChatServer.StartAsync(folder);
        await using var pairs = new BackgroundPairs(_state);
        await pairs.StartAsync(server, Pairs);
        await using var reader = new BackgroundReader(server.Port, size);
        await Task.Delay(WarmUp, cancellation);

        var before = await MeasureAsync(() => Task.Delay(options.Duration, cancellation));
        var (began, acknowledged) = (Stopwatch.GetTimestamp(), pairs.Acknowledged);
        var during = await MeasureAsync(() => RunAsync(folder, "backup", cancellation));
        var took = Stopwatch.GetElapsedTime(began);
        var after = await MeasureAsync(() => Task.Delay(options.Duration, cancellation));
        await pairs.EndAsync(cancellation);

        began = Stopwatch.GetTimestamp();
        await RunAsync(folder, "verify", cancellation);
        var backup = folder.File("backup.db");
        var figures = new RunResult(
        [
            Figure.Memory("database", new FileInfo(backup).Length),
            new("backup", "s", took.TotalSeconds),
            new("verify", "s", Stopwatch.GetElapsedTime(began).TotalSeconds),
            .. Figure.Latencies("chatting, before,", before.Chatting),
            .. Figure.Latencies("chatting, during,", during.Chatting),
            .. Figure.Latencies("chatting, after,", after.Chatting),
            .. Figure.Latencies("reading, before,", before.Reading),
            .. Figure.Latencies("reading, during,", during.Reading),
            .. Figure.Latencies("reading, after,", after.Reading),
        ], [.. _state.Faults, .. FindMissing(backup, size.Messages + acknowledged)]);
        return
        [
            figures,
            new RunResult([Target("chatting", before.Chatting), Target("reading", before.Reading)], []),
        ];

        async Task<(LatencyHistogram Chatting, LatencyHistogram Reading)> MeasureAsync(Func<Task> something)
        {
            reader.Take();
            return (await pairs.MeasureAsync(something, cancellation), reader.Take());
        }
    }

    private static Figure Target(string what, LatencyHistogram before) =>
        new($"{what}, during, p99", "ms", MostSlowdown * Figure.Milliseconds(before.Percentile(99)));

    private static async Task RunAsync(TemporaryFolder folder, string command, CancellationToken cancellation)
    {
        string[] database = command == "backup" ? ["--db", ChatServer.DatabaseIn(folder)] : [];
        await using var process = ServerProcess.Start(
            "jochat-gateway.dll", [command, folder.File("backup.db"), .. database]);
        await process.Process.WaitForExitAsync(cancellation);
        if (process.Process.ExitCode != 0) { throw new LoadFailedException($"{command} failed: {process.Errors}"); }
    }

    // Messages are numbered from 1, and none is deleted.
    private static IEnumerable<string> FindMissing(string backup, long least)
    {
        SqliteBackup.Restore(backup, backup + "-restored", above: null, name => name);
        using var side = SqliteMoveSide.OpenSource(backup + "-restored", isChecked: false, name => name);
        var table = MovedTable.All.Single(one => one.Name == "messages");
        var expected = 0L;
        foreach (var row in side.Read(table))
        {
            if ((long)row[0]! != ++expected)
            {
                yield return FormattableString.Invariant($"message {expected} is not in the backup");
                yield break;
            }
        }
        if (expected < least)
        {
            yield return FormattableString.Invariant($"{least} messages were acknowledged before, {expected} are in it");
        }
    }
}
