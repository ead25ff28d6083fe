using System.Diagnostics;
using System.Globalization;

namespace JoChat.Benchmarks;

/// <summary>Runs a load in turns on actors and on channels, and compares the medians.</summary>
/// <param name="name">For the table, and to choose it by.</param>
/// <param name="target">Least ratio that is aimed at; null for none.</param>
/// <param name="load">What is run.</param>
internal sealed class Comparison(string name, double? target, ILoad load)
{
    private const int WarmUps = 3;
    private const int Runs = 5;

    public string Name => name;

    public async Task<string> Run()
    {
        // Not counted: the first runs of each compile, and compile again for what they saw.
        for (var run = 0; run < WarmUps; run++)
        {
            await OperationsPerSecond(load.RunOnActors);
            await OperationsPerSecond(load.RunOnChannels);
        }

        var (actors, channels) = (new double[Runs], new double[Runs]);
        for (var run = 0; run < Runs; run++)
        {
            actors[run] = await OperationsPerSecond(load.RunOnActors);
            channels[run] = await OperationsPerSecond(load.RunOnChannels);
        }

        var (engine, baseline) = (Median(actors), Median(channels));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28} {engine,12:N0} {baseline,12:N0} {engine / baseline,7:F2} {target,7:F1}");
    }

    private async Task<double> OperationsPerSecond(Func<Task> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        await run();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await load.CleanUp();
        return load.Operations / seconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
