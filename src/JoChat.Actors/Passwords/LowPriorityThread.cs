using System.Runtime.InteropServices;

namespace JoChat.Actors;

/// <summary>Computes on a thread of its own that gives way to others: on a machine with two cores, half a second of
/// hashing on a thread of the pool is half a second in which messages have half of the pool.</summary>
internal static partial class LowPriorityThread
{
    private const int OfThread = 0, Calling = 0; // of sys/resource.h; on Linux PRIO_PROCESS means a thread
    private const int Nicer = 10, MostNice = 19; // a tenth of the share of others: a hash beside busy cores takes 0.5 s

    /// <summary>Computes.</summary>
    public static Task<T> RunAsync<T>(Func<T> compute) => Task.Factory.StartNew(
        () =>
        {
            GiveWay();
            return compute();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void GiveWay()
    {
        // .NET sets no priorities on Linux. That of a thread may always be lowered, and it ends with its work.
        if (OperatingSystem.IsLinux())
        {
            var nice = GetPriority(OfThread, Calling) + Nicer; // the whole process may be nice already
            _ = SetPriority(OfThread, Calling, Math.Min(nice, MostNice));
        }
        else { Thread.CurrentThread.Priority = ThreadPriority.BelowNormal; }
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
