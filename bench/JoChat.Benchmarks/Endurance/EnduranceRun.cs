namespace JoChat.Benchmarks;

/// <summary>What takes too long for a test: a million actors, and a day of timers.</summary>
internal static class EnduranceRun
{
    /// <summary>Measures, prints, and judges.</summary>
    /// <returns>The exit status: 0 if all is as promised, else 1.</returns>
    public static async Task<int> Run()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}");
        IReadOnlyList<string> faults = [.. DayOfTimers.Run(), .. await MillionActors.Run()];
        foreach (var fault in faults) { Console.WriteLine($"NOT AS PROMISED: {fault}"); }
        Console.WriteLine(faults.Count == 0 ? "all as promised" : $"{faults.Count} not as promised");
        return faults.Count == 0 ? 0 : 1;
    }
}
