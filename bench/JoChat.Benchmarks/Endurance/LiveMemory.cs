using System.Diagnostics;
using System.Globalization;

namespace JoChat.Benchmarks;

/// <summary>Bytes that are alive after collecting everything else.</summary>
internal static class LiveMemory
{
    public static long Bytes()
    {
        // Twice: what has a finalizer lives for one collection more.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Most memory of the process so far, as the operating system counts it.</summary>
    public static long PeakOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    public static string Mib(long bytes) => (bytes / (1024.0 * 1024)).ToString("N1", CultureInfo.InvariantCulture);
}
