using System.Reflection;

namespace JoChat.Load;

/// <summary>A workload beside the floors, targets or control that it is compared with, run some times and
/// reported.</summary>
/// <param name="Title">What is run, in words.</param>
/// <param name="Columns">The server's column, then those it is held against.</param>
/// <param name="RunOnce">Gives one result for each column.</param>
internal sealed record Measurement(
    string Title, IReadOnlyList<string> Columns, Func<Task<IReadOnlyList<RunResult>>> RunOnce)
{
    // Figures of any other build mean nothing.
    private static bool IsRelease => Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration == "Release";

    /// <summary>A workload beside the two floors under it.</summary>
    public static Measurement BesideFloors(
        string title, LoadOptions options, Func<Task<RunResult>> run, CancellationToken cancellation) =>
        new(title, ["JoChat", "TCP echo", "store alone"], async () =>
        [
            await run(), await EchoFloor.RunAsync(options, cancellation), CommitFloor.Run(options, cancellation),
        ]);

    /// <summary>A workload over PostgreSQL beside the same over SQLite.</summary>
    public static Measurement BesideSqlite(string title, LoadOptions options, Func<LoadOptions, Task<RunResult>> run) =>
        new(title, ["PostgreSQL", "SQLite"], async () =>
            [await run(options), await run(options with { OnPostgres = false })]);

    /// <summary>A workload beside what is promised of it.</summary>
    public static Measurement BesideTarget(string title, Func<Task<RunResult>> run, RunResult target) =>
        new(title, ["JoChat", "target"], async () => [await run(), target]);

    /// <summary>Runs it, prints the table and writes the file.</summary>
    /// <returns>The exit status.</returns>
    /// <exception cref="LoadFailedException">It could not be run to its end.</exception>
    public async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        if (!IsRelease)
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
