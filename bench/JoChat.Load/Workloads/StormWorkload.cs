namespace JoChat.Load;

/// <summary>All connections are cut at once and all resume at once, while messages to them and between others go on.
/// </summary>
internal sealed class StormWorkload(LoadOptions options)
{
    private const int Pairs = 10, Concurrency = 64;
    private const int ToMembersPerSecond = 1_000;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private readonly LoadState _state = new();

    /// <summary>How many are to be reached when all is over.</summary>
    public static RunResult Target(LoadOptions options) =>
        new([new("reachable", "", options.Connections)], []);

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        OpenFiles.Allow(2 * options.Connections); // the server may not have noticed yet that the old ones are cut
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        var names = SeededAccounts.Names('u', options.Connections);
        SeededAccounts.Add(folder, iterations: 1, names);
        await using var server = await ChatServer.StartAsync(folder, 2 * options.Connections + 1_000);
        await using var background = new BackgroundPairs(_state);
        using var crowd = new Crowd(server, _state, names, new CrowdBehavior());
        await crowd.ResumeAllAsync(Concurrency, cancellation);
        await background.StartAsync(server, Pairs);
        var writers = await CrowdSenders.LogInAsync(server, crowd, 'w');

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = writers.WriteAsync(ToMembersPerSecond, long.MaxValue, end.Token);
        await Task.Delay(Calm, cancellation); // compiled code, and what the log-ins left
        var figures = await CutAllAsync(server, crowd, background, cancellation);
        await end.CancelAsync();
        await writing;
        var reached = await writers.ReachAsync(cancellation);
        await background.EndAsync(cancellation);
        return new RunResult(
        [
            .. figures,
            new("reachable", "", reached),
            new("messages to members", "", writers.Written),
            new("of them pushed again", "", crowd.Repeats),
        ], _state.Faults);
    }

    private async Task<List<Figure>> CutAllAsync(
        ChatServer server, Crowd crowd, BackgroundPairs background, CancellationToken cancellation)
    {
        var before = await background.MeasureAsync(() => Task.Delay(Calm, cancellation), cancellation);
        var (from, turnedAway) = (ProcessUsage.Of(server.Process), ListenQueue.Overflows());
        var times = (Cut: 0L, Back: new LatencyHistogram());
        var during = await background.MeasureAsync(
            async () => times = await crowd.ReconnectAllAsync(cancellation), cancellation);
        var usage = new UsageDelta(from, ProcessUsage.Of(server.Process));
        turnedAway = ListenQueue.Overflows() - turnedAway;
        var after = await background.MeasureAsync(() => Task.Delay(Calm, cancellation), cancellation);
        return
        [
            new("all cut", "ms", Figure.Milliseconds(times.Cut)),
            new("back: the first", "ms", Figure.Milliseconds(times.Back.Percentile(0))),
            new("back: half", "ms", Figure.Milliseconds(times.Back.Percentile(50))),
            new("back: 99 %", "ms", Figure.Milliseconds(times.Back.Percentile(99))),
            new("back: all", "ms", Figure.Milliseconds(times.Back.Longest)),
            new("listen queue was full", "times", turnedAway),
            new("server CPU", "ms each", usage.ServerCpu / options.Connections * 1000),
            new("generator CPU", "ms each", usage.OwnCpu / options.Connections * 1000),
            new("other CPU", "cores", usage.OtherCores),
            Figure.Memory("server memory, before", usage.From.MemoryBytes),
            Figure.Memory("server memory, all back", usage.To.MemoryBytes),
            .. Figure.Latencies("others, before,", before),
            .. Figure.Latencies("others, in the storm,", during),
            .. Figure.Latencies("others, after,", after),
        ];
    }
}
