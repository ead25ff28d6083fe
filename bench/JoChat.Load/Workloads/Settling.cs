using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Waits for what the socket thread does, by looking now and then: that costs the load nothing.</summary>
internal static class Settling
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(5), LongestStir = TimeSpan.FromSeconds(30);

    /// <summary>Waits until it is so, or for the longest time. True if it is so.</summary>
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

    /// <summary>Waits until what a process holds in memory has stood still for 5 s, or for 30 s.</summary>
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
