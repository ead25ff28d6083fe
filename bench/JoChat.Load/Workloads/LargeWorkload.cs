using System.Globalization;

namespace JoChat.Load;

/// <summary>Whether an operation takes longer when the database is large: the same round over a small one and a large
/// one, in turn, so that whatever else the machine does meets both.</summary>
internal sealed class LargeWorkload(LargeSize size, string parent)
{
    private const int WarmUpRounds = 30, Rounds = 200, RoundsInTurn = 10;
    private const double Target = 2;

    /// <summary>Fills, measures and writes a table. A wrong answer is a <see cref="LoadFailedException"/>.</summary>
    /// <returns>0, whatever the figures.</returns>
    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        using var smallFolder = TemporaryFolder.OnDisk(parent);
        using var largeFolder = TemporaryFolder.OnDisk(parent);
        Fill(smallFolder, LargeSize.Small, cancellation);
        Fill(largeFolder, size, cancellation);
        await using var smallServer = await ChatServer.StartAsync(smallFolder);
        await using var largeServer = await ChatServer.StartAsync(largeFolder);
        using var small = new LargeOperations(smallServer.Port, LargeSize.Small.SeededAccounts);
        using var large = new LargeOperations(largeServer.Port, size.SeededAccounts);
        for (var round = 0; round < WarmUpRounds; round++)
        {
            small.Run((_, _) => { });
            large.Run((_, _) => { });
        }
        var times = new Dictionary<string, BothTimes>();
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var isLarge = round / RoundsInTurn % 2 == 1;
            (isLarge ? large : small).Run((name, ticks) => Note(times, name, ticks, isLarge));
        }
        Write(times, output);
        return 0;
    }

    private static void Fill(TemporaryFolder folder, LargeSize size, CancellationToken cancellation)
    {
        SeededAccounts.Add(folder, iterations: 1, [LargeContent.Usual, LargeContent.Busy, LargeContent.Away]);
        LargeContent.Fill(ChatServer.DatabaseIn(folder), size, cancellation);
    }

    private static void Note(
        Dictionary<string, BothTimes> times, string name, long ticks, bool isLarge)
    {
        if (!times.TryGetValue(name, out var both)) { times.Add(name, both = new BothTimes(new(), new())); }
        (isLarge ? both.Large : both.Small).Record(ticks);
    }

    private static void Write(Dictionary<string, BothTimes> times, TextWriter output)
    {
        output.WriteLine("| operation | small, median ms | large | ratio | small, p99 ms | large | |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, (small, large)) in times)
        {
            var (before, after) = (Median(small), Median(large));
            var verdict = after > before * Target ? "above" : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {before:F2} | {after:F2} | {after / before:F2} "
                + $"| {P99(small):F2} | {P99(large):F2} | {verdict} |"));
        }
    }

    private static double Median(LatencyHistogram times) => Figure.Milliseconds(times.Percentile(50));

    private static double P99(LatencyHistogram times) => Figure.Milliseconds(times.Percentile(99));

    private sealed record BothTimes(LatencyHistogram Small, LatencyHistogram Large);
}
