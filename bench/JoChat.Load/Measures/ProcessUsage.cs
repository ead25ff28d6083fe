using System.Diagnostics;

namespace JoChat.Load;

/// <summary>What a server's processes, this process and the machine have used up to a moment. Two of them make a <see
/// cref="UsageDelta"/>. </summary>
/// <param name="At">The moment, as <c>Stopwatch.GetTimestamp</c>.</param>
/// <param name="Each">What each process of the server has used.</param>
/// <param name="Own">CPU time of this process; zero if it is the one that is measured.</param>
/// <param name="Machine">CPU time of everything on the machine.</param>
/// <param name="Threads">CPU time of the threads of the server's processes.</param>
internal sealed record ProcessUsage(
    long At, IReadOnlyList<ProcessShare> Each, TimeSpan Own, TimeSpan Machine, ThreadTimes Threads)
{
    /// <summary>CPU time of the server's processes.</summary>
    public TimeSpan Server => TimeSpan.FromTicks(Each.Sum(share => share.Cpu.Ticks));

    /// <summary>What they hold in memory now.</summary>
    public long MemoryBytes => Each.Sum(share => share.MemoryBytes);

    /// <summary>The most they ever held, each at its own time.</summary>
    public long PeakMemoryBytes => Each.Sum(share => share.PeakMemoryBytes);

    /// <summary>Looks at them now.</summary>
    /// <exception cref="LoadFailedException">A process has ended.</exception>
    public static ProcessUsage Of(params IReadOnlyList<Process> server)
    {
        foreach (var process in server) { Refresh(process); }
        var isOwn = server.Any(process => process.Id == Environment.ProcessId);
        return new(Stopwatch.GetTimestamp(),
            [.. server.Select(process => new ProcessShare(
                process.TotalProcessorTime, process.WorkingSet64, process.PeakWorkingSet64))],
            isOwn ? TimeSpan.Zero : Environment.CpuUsage.TotalTime, MachineTime.Busy(),
            ThreadTimes.Of(server.Select(process => process.Id)));
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

/// <summary>What one process has used up to a moment.</summary>
internal readonly record struct ProcessShare(TimeSpan Cpu, long MemoryBytes, long PeakMemoryBytes);

/// <summary>What was used between two moments.</summary>
internal sealed record UsageDelta(ProcessUsage From, ProcessUsage To)
{
    public double Seconds => Stopwatch.GetElapsedTime(From.At, To.At).TotalSeconds;

    public double ServerCpu => (To.Server - From.Server).TotalSeconds;

    /// <summary>The CPU time of each process of the server, in seconds.</summary>
    public IReadOnlyList<double> EachCpu =>
        [.. To.Each.Zip(From.Each, (later, earlier) => (later.Cpu - earlier.Cpu).TotalSeconds)];

    public double OwnCpu => (To.Own - From.Own).TotalSeconds;

    /// <summary>Cores that were busy with something else: unless this is near 0, the figures are not the server's
    /// alone.</summary>
    public double OtherCores =>
        Math.Max(0, ((To.Machine - From.Machine).TotalSeconds - ServerCpu - OwnCpu) / Seconds);
}
