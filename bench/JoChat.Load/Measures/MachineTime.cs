using System.Globalization;

namespace JoChat.Load;

/// <summary>CPU time of the whole machine, from <c>/proc/stat</c>.</summary>
internal static class MachineTime
{
    public const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on
    private const string File = "/proc/stat";
    private const int Idle = 3, IoWait = 4, Guest = 8; // columns after the name; guest time is counted in user time too

    /// <summary>CPU time that was used by anything, also by other machines on the same hardware; zero where there is
    /// no such file.</summary>
    public static TimeSpan Busy()
    {
        if (!System.IO.File.Exists(File)) { return TimeSpan.Zero; }
        var columns = System.IO.File.ReadLines(File).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        var ticks = columns.Index()
            .Where(column => column.Index is not (Idle or IoWait) && column.Index < Guest)
            .Sum(column => long.Parse(column.Item, CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
