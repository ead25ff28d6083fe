using System.Diagnostics;

namespace JoChat.Load;

/// <summary>What a process, this process and the machine have used up to a moment. Two of them make a <see
/// cref="UsageDelta"/>. </summary>
/// <param name="At">The moment, as <c>Stopwatch.GetTimestamp</c>.</param>
/// <param name="Server">CPU time of the process.</param>
/// <param name="Own">CPU time of this process; zero if it is the one that is measured.</param>
/// <param name="Machine">CPU time of everything on the machine.</param>
/// <param name="MemoryBytes">What the process holds in memory now.</param>
/// <param name="PeakMemoryBytes">The most it ever held.</param>
/// <param name="Threads">CPU time of the process's threads.</param>
internal sealed record ProcessUsage(
    long At, TimeSpan Server, TimeSpan Own, TimeSpan Machine, long MemoryBytes, long PeakMemoryBytes,
    ThreadTimes Threads)
{
    /// <summary>Looks at them now.</summary>
    /// <exception cref="LoadFailedException">The process has ended.</exception>
    public static ProcessUsage Of(Process process)
    {
        Refresh(process);
        var own = process.Id == Environment.ProcessId ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;
        return new(Stopwatch.GetTimestamp(), process.TotalProcessorTime, own, MachineTime.Busy(),
            process.WorkingSet64, process.PeakWorkingSet64, ThreadTimes.Of(process.Id));
    }

    /// <summary>What a process holds in memory now, in bytes.</summary>
    /// <exception cref="LoadFailedException">The process has ended.</exception>
    public static long MemoryOf(Process process)
    {
        Refresh(process);
        return process.WorkingSet64;
    }

    private static void Refresh(Process process)
    {
        process.Refresh();
        if (process.HasExited) { throw new LoadFailedException($"The server ended with status {process.ExitCode}"); }
    }
}

/// <summary>What was used between two moments.</summary>
internal sealed record UsageDelta(ProcessUsage From, ProcessUsage To)
{
    public double Seconds => Stopwatch.GetElapsedTime(From.At, To.At).TotalSeconds;

    public double ServerCpu => (To.Server - From.Server).TotalSeconds;

    public double OwnCpu => (To.Own - From.Own).TotalSeconds;

    /// <summary>Cores that were busy with something else: unless this is near 0, the figures are not the server's
    /// alone.</summary>
    public double OtherCores =>
        Math.Max(0, ((To.Machine - From.Machine).TotalSeconds - ServerCpu - OwnCpu) / Seconds);
}
