namespace JoChat.Load;

/// <summary>Whether an operation takes longer when the database is large: the same rounds on a small and a large one,
/// alternating, so that other load on the machine affects both.</summary>
internal sealed class LargeWorkload(LargeSize size, LoadOptions options)
{
    private const int WarmUpRounds = 30, Rounds = 200, RoundsInTurn = 10;
    private const double MostSlowdown = 2;

    /// <summary>Fills the databases and measures.</summary>
    /// <returns>The large one's figures, the small one's, and the targets.</returns>
    /// <exception cref="LoadFailedException">An answer was wrong.</exception>
    public async Task<IReadOnlyList<RunResult>> RunAsync(CancellationToken cancellation)
    {
        using var smallFolder = TemporaryFolder.OnDisk(options.Folder);
        using var largeFolder = TemporaryFolder.OnDisk(options.Folder);
        Fill(smallFolder, LargeSize.Small, cancellation);
        Fill(largeFolder, size, cancellation);
        await using var smallServer = await ChatServer.StartAsync(smallFolder);
        await using var largeServer = await ChatServer.StartAsync(largeFolder);
        using var small = new LargeOperations(smallServer.Port, LargeSize.Small.Accounts);
        using var large = new LargeOperations(largeServer.Port, size.Accounts);
        for (var round = 0; round < WarmUpRounds; round++)
        {
            small.Run((_, _) => { });
            large.Run((_, _) => { });
        }
        var (smallTimes, largeTimes) = (new Times(), new Times());
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (round / RoundsInTurn % 2 == 1) { large.Run(largeTimes.Record); }
            else { small.Run(smallTimes.Record); }
        }
        return
        [
            new RunResult([.. largeTimes.Figures()], []),
            new RunResult([.. smallTimes.Figures()], []),
            new RunResult([.. smallTimes.Medians().Select(of => of with { Value = of.Value * MostSlowdown })], []),
        ];
    }

    private static void Fill(TemporaryFolder folder, LargeSize size, CancellationToken cancellation)
    {
        SeededAccounts.Add(folder, iterations: 1, [LargeContent.Usual, LargeContent.Busy, LargeContent.Away]);
        LargeContent.Fill(ChatServer.DatabaseIn(folder), size, cancellation);
    }

    /// <summary>The latencies of each operation on one database, in the order of the first round.</summary>
    private sealed class Times
    {
        private readonly OrderedDictionary<string, LatencyHistogram> _times = [];

        public void Record(string operation, long ticks)
        {
            if (!_times.TryGetValue(operation, out var times)) { _times.Add(operation, times = new()); }
            times.Record(ticks);
        }

        public IEnumerable<Figure> Medians() => _times.Select(of => Percentile(of.Key, of.Value, 50));

        public IEnumerable<Figure> Figures() =>
            [.. Medians(), .. _times.Select(of => Percentile(of.Key, of.Value, 99))];

        private static Figure Percentile(string operation, LatencyHistogram times, int percentage) => new(
            FormattableString.Invariant($"{operation} p{percentage}"), "ms",
            Figure.Milliseconds(times.Percentile(percentage)));
    }
}
