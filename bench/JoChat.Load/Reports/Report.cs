namespace JoChat.Load;

/// <summary>The figures of all runs beside those of the floors.</summary>
/// <param name="Workload">What was run, in words.</param>
/// <param name="Chat">One result a run.</param>
/// <param name="Echo">The same of the TCP echo.</param>
/// <param name="Commit">The same of the bare store.</param>
internal sealed record Report(
    string Workload, IReadOnlyList<RunResult> Chat, IReadOnlyList<RunResult> Echo, IReadOnlyList<RunResult> Commit)
{
    public IReadOnlyList<string> Faults =>
        [.. Chat.Concat(Echo).Concat(Commit).SelectMany(result => result.Faults)];

    /// <summary>The rows, in the order of the first run.</summary>
    public IEnumerable<Row> Rows() => Chat[0].Figures.Select(figure => new Row(
        figure.Name, figure.Unit, Values(Chat, figure.Name), Values(Echo, figure.Name), Values(Commit, figure.Name)));

    private static double[] Values(IReadOnlyList<RunResult> runs, string name) =>
        [.. runs.SelectMany(run => run.Figures)
            .Where(figure => figure.Name == name).Select(figure => figure.Value)];

    /// <summary>One figure: its value in each run, and the floors', empty where a floor has no such figure.</summary>
    internal sealed record Row(string Name, string Unit, double[] Chat, double[] Echo, double[] Commit);
}
