namespace JoChat.Load;

/// <summary>Readers for whom messages are queued while others chat: readers that do not read or, as a control, readers
/// that do. In the end all of them read, and everything must have arrived once and in order.</summary>
internal sealed class StalledWorkload(LoadOptions options, bool stopsReading)
{
    public const int MostContent = 4096;
    private const int Pairs = 50, Concurrency = 64;
    private const int QueuedPerSecond = 10_000; // below what the server can do, so that latencies are no queueing
    private const int ReceiveBuffer = 4096;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5), Calm = TimeSpan.FromSeconds(10);
    private readonly LoadState _state = new();

    public async Task<StalledResult> RunAsync(CancellationToken cancellation)
    {
        OpenFiles.Allow(options.Connections);
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        var names = SeededAccounts.Names('u', options.Connections);
        SeededAccounts.Add(folder, iterations: 1, names);
        await using var server = await ChatServer.StartAsync(folder, options.Connections + 1_000);
        await using var background = new BackgroundPairs(_state);
        await background.StartAsync(server, Pairs);
        using var crowd = new Crowd(server, _state, names, new CrowdBehavior
        {
            StopsReading = stopsReading,
            ContentBytes = options.ContentBytes,
            ReceiveBuffer = ReceiveBuffer,
        });
        await crowd.ResumeAllAsync(Concurrency, cancellation);
        var writers = await CrowdSenders.LogInAsync(server, crowd, 'w');
        await Task.Delay(WarmUp, cancellation);
        await Polling.MemoryAsync(server.Process, cancellation);

        var result = await QueueAsync(server, background, writers, cancellation);
        result = result with { WindowBytes = crowd.WindowBytes, Received = crowd.Received };
        await background.EndAsync(cancellation);
        if (stopsReading) { ReadAgain(server, crowd); }
        await writers.CheckAsync(options.Messages, cancellation);
        return result with { Lost = crowd.Clients.Count(client => client.IsLost), Faults = _state.Faults };
    }

    private async Task<StalledResult> QueueAsync(
        ChatServer server, BackgroundPairs background, CrowdSenders writers, CancellationToken cancellation)
    {
        var before = await background.MeasureAsync(() => Task.Delay(Calm, cancellation), cancellation);
        var (from, seconds) = (ProcessUsage.Of(server.Process), 0.0);
        var during = await background.MeasureAsync(
            async () => seconds = await writers.WriteAsync(QueuedPerSecond, options.Messages, cancellation),
            cancellation);
        var usage = new UsageDelta(from, ProcessUsage.Of(server.Process));
        var after = await background.MeasureAsync(() => Task.Delay(Calm, cancellation), cancellation);
        return new StalledResult
        {
            Before = before,
            During = during,
            After = after,
            Queueing = usage,
            Rate = options.Messages / seconds,
            MemoryAtEnd = await Polling.MemoryAsync(server.Process, cancellation),
        };
    }

    private void ReadAgain(ChatServer server, Crowd crowd)
    {
        var bell = server.Connect(new AnswerCallback(_state, () =>
        {
            foreach (var client in crowd.Clients) { client.Resume(); }
        }));
        bell.Send(Requests.Ping());
    }
}

/// <summary>The result of queueing messages for many readers.</summary>
internal sealed record StalledResult
{
    /// <summary>The chatting pairs' latencies, in stopwatch ticks: before, while messages were queued, and then.
    /// </summary>
    public required LatencyHistogram Before { get; init; }

    public required LatencyHistogram During { get; init; }

    public required LatencyHistogram After { get; init; }

    public required UsageDelta Queueing { get; init; }

    /// <summary>Messages queued a second.</summary>
    public required double Rate { get; init; }

    /// <summary>What the server held when it had settled, with everything queued, in bytes.</summary>
    public required long MemoryAtEnd { get; init; }

    /// <summary>The delivery window that the server told, in bytes.</summary>
    public int WindowBytes { get; init; }

    /// <summary>Messages that readers had taken before they were told to read.</summary>
    public long Received { get; init; }

    /// <summary>Readers that were cut off.</summary>
    public int Lost { get; init; }

    public IReadOnlyList<string> Faults { get; init; } = [];
}
