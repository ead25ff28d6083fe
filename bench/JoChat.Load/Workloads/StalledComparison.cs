namespace JoChat.Load;

/// <summary>Readers that stall beside readers that read, each with a server of its own, and the target for the
/// difference.</summary>
internal static class StalledComparison
{
    private const int BytesBesideWindow = 4096;
    private const double MostSlowdown = 1.1;

    public static Measurement Create(LoadOptions options, CancellationToken cancellation)
    {
        var title = FormattableString.Invariant(
            $"stalled: {options.Connections} readers, {options.Messages} messages of {options.ContentBytes} bytes");
        return new Measurement(title, ["stalled", "reading", "target"], async () =>
        {
            var reading = await new StalledWorkload(options, stopsReading: false).RunAsync(cancellation);
            var stalled = await new StalledWorkload(options, stopsReading: true).RunAsync(cancellation);
            return
            [
                new RunResult([.. Figures(stalled, options)], stalled.Faults),
                new RunResult([.. Figures(reading, options)], reading.Faults),
                new RunResult([.. Target(stalled, reading)], []),
            ];
        });
    }

    private static IEnumerable<Figure> Figures(StalledResult result, LoadOptions options) =>
    [
        new("memory each", "KiB", Growth(result) / 1024.0 / options.Connections),
        Figure.Memory("server memory, before", result.Queueing.From.MemoryBytes),
        Figure.Memory("server memory, queued", result.Queueing.To.MemoryBytes),
        Figure.Memory("server memory, settled", result.MemoryAtEnd),
        .. Figure.Latencies("others, before,", result.Before),
        .. Figure.Latencies("others, while queued,", result.During),
        .. Figure.Latencies("others, then,", result.After),
        new("queued", "/s", result.Rate),
        new("taken meanwhile", "", result.Received),
        new("cut off", "", result.Lost),
        Figure.Cpu("server CPU", result.Queueing.ServerCpu, options.Messages),
        Figure.Cpu("generator CPU", result.Queueing.OwnCpu, options.Messages),
        new("other CPU", "cores", result.Queueing.OtherCores),
    ];

    // From the larger of both: memory that is released after the load was needed all the same.
    private static long Growth(StalledResult result) =>
        Math.Max(result.MemoryAtEnd, result.Queueing.To.MemoryBytes) - result.Queueing.From.MemoryBytes;

    private static IEnumerable<Figure> Target(StalledResult stalled, StalledResult reading) =>
    [
        new("memory each", "KiB", (stalled.WindowBytes + BytesBesideWindow) / 1024.0),
        Slowest("others, while queued,", reading.During),
        Slowest("others, then,", stalled.Before),
    ];

    private static Figure Slowest(string name, LatencyHistogram other) =>
        new($"{name} p99", "ms", Figure.Milliseconds(other.Percentile(99)) * MostSlowdown);
}
