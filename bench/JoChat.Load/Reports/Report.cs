namespace JoChat.Load;

/// <summary>The figures of all runs beside those they are held against.</summary>
/// <param name="Workload">What was run, in words.</param>
/// <param name="Columns">The server's, then floors, controls or targets.</param>
internal sealed record Report(string Workload, IReadOnlyList<Column> Columns)
{
    public IReadOnlyList<string> Faults =>
        [.. Columns.SelectMany(column => column.Runs).SelectMany(result => result.Faults)];

    /// <summary>The rows, in the order of the server's first run.</summary>
    public IEnumerable<Row> Rows() => Columns[0].Runs[0].Figures.Select(figure => new Row(
        figure.Name, figure.Unit, [.. Columns.Select(column => column.Values(figure.Name))]));

    /// <summary>One figure: its value in each run, for each column; empty where a column has no such figure.</summary>
    internal sealed record Row(string Name, string Unit, IReadOnlyList<double[]> Values);
}

/// <summary>What gave figures, and one result a run.</summary>
internal sealed record Column(string Name, List<RunResult> Runs)
{
    public double[] Values(string figure) => [.. Runs.SelectMany(run => run.Figures)
        .Where(found => found.Name == figure).Select(found => found.Value)];
}
