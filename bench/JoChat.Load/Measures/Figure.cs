namespace JoChat.Load;

/// <summary>One measured number.</summary>
internal readonly record struct Figure(string Name, string Unit, double Value)
{
    private const double PerMillion = 1e6, PerMebibyte = 1 << 20, PerMillisecond = 1e6; // of nanoseconds

    public static Figure Rate(string name, long count, double seconds) => new(name, "/s", count / seconds);

    public static Figure Cpu(string name, double seconds, long messages) =>
        new(name, "s per 1 M", seconds / Math.Max(1, messages) * PerMillion);

    public static Figure Memory(string name, long bytes) => new(name, "MiB", bytes / PerMebibyte);

    /// <summary>Median, 99th percentile and maximum of a histogram of stopwatch ticks.</summary>
    public static IEnumerable<Figure> Latencies(string name, LatencyHistogram ticks) =>
    [
        new($"{name} p50", "ms", Milliseconds(ticks.Percentile(50))),
        new($"{name} p99", "ms", Milliseconds(ticks.Percentile(99))),
        new($"{name} max", "ms", Milliseconds(ticks.Longest)),
    ];

    /// <summary>The busiest threads of the server, by name.</summary>
    public static IEnumerable<Figure> BusiestThreads(UsageDelta usage) => usage.To.Threads.Since(usage.From.Threads)
        .Take(4).Select(thread => new Figure($"threads {thread.Name}", "cores", thread.Seconds / usage.Seconds));

    public static double Milliseconds(long ticks) =>
        System.Diagnostics.Stopwatch.GetElapsedTime(0, ticks).TotalNanoseconds / PerMillisecond;
}
