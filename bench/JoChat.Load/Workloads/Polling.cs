using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Waits for the socket thread by polling, which costs the load next to nothing.</summary>
internal static class Polling
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(5), LongestStir = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition holds or the time is over. True if it holds.</summary>
    public static async Task<bool> UntilAsync(Func<bool> isSo, TimeSpan longest, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            var left = longest - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) { return false; }
            await Task.Delay(left < Interval ? left : Interval, cancellation);
        }
        return true;
    }

    /// <summary>Waits until the memory of each process has been stable, see below.</summary>
    public static async Task<IReadOnlyList<long>> MemoryAsync(
        IReadOnlyList<Process> processes, CancellationToken cancellation) =>
        await Task.WhenAll(processes.Select(process => MemoryAsync(process, cancellation)));

    /// <summary>Waits until a process's memory has been stable for 5 s, at most 30 s.</summary>
    /// <returns>What it holds then, in bytes.</returns>
    public static async Task<long> MemoryAsync(Process process, CancellationToken cancellation)
    {
        var (began, stoodFrom, stands) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp(), 0L);
        while (true)
        {
            var bytes = ProcessUsage.MemoryOf(process);
            if (Math.Abs(bytes - stands) > bytes / 200) { (stoodFrom, stands) = (Stopwatch.GetTimestamp(), bytes); }
            if (Stopwatch.GetElapsedTime(stoodFrom) > Stillness || Stopwatch.GetElapsedTime(began) > LongestStir)
            {
                return bytes;
            }
            await Task.Delay(10 * Interval, cancellation);
        }
    }
}
