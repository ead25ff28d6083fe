namespace JoChat.Load;

/// <summary>A workload and what it is held against, run some times and reported.</summary>
/// <param name="Title">What is run, in words.</param>
/// <param name="Columns">The server's column, then those it is held against.</param>
/// <param name="RunOnce">Gives one result for each column.</param>
internal sealed record Load(
    string Title, IReadOnlyList<string> Columns, Func<Task<IReadOnlyList<RunResult>>> RunOnce)
{
    /// <summary>A workload beside the two floors under it.</summary>
    public static Load BesideFloors(
        string title, LoadOptions options, Func<Task<RunResult>> run, CancellationToken cancellation) =>
        new(title, ["JoChat", "TCP echo", "store alone"], async () =>
        [
            await run(), await EchoFloor.RunAsync(options, cancellation), CommitFloor.Run(options, cancellation),
        ]);

    /// <summary>A workload beside what is promised of it.</summary>
    public static Load BesideTarget(string title, Func<Task<RunResult>> run, RunResult target) =>
        new(title, ["JoChat", "target"], async () => [await run(), target]);

    /// <summary>Runs it, prints the table and writes the file.</summary>
    /// <returns>The exit status.</returns>
    /// <exception cref="LoadFailedException">It could not be run to its end.</exception>
    public async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        if (!ChildProcess.IsRelease)
        {
            Console.Error.WriteLine("jochat-load: measure a Release build: dotnet run -c Release …");
            return 2;
        }
        LoadConnection.UseOneThread();
        var columns = Columns.Select(name => new Column(name, [])).ToList();
        for (var run = 1; run <= options.Runs; run++)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"{Title}; run {run} of {options.Runs}"));
            foreach (var (column, result) in columns.Zip(await RunOnce())) { column.Runs.Add(result); }
        }
        var report = new Report(Title, columns);
        TableWriter.Write(report, Console.Out);
        await JsonWriter.WriteAsync(report, options, cancellation);
        return report.Faults.Count == 0 ? 0 : 1;
    }
}
