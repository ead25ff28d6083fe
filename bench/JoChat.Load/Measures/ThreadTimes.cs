using System.Globalization;

namespace JoChat.Load;

/// <summary>CPU time of processes' threads, by their names; empty where there is no <c>/proc</c>.</summary>
internal sealed class ThreadTimes
{
    private const int UserTime = 11, SystemTime = 12; // columns after the thread's name and its bracket
    private readonly Dictionary<string, (string Name, long Ticks)> _threads = [];

    public static ThreadTimes Of(IEnumerable<int> processIds)
    {
        var times = new ThreadTimes();
        var folders = processIds.Select(id => $"/proc/{id}/task").Where(Directory.Exists);
        foreach (var thread in folders.SelectMany(Directory.EnumerateDirectories))
        {
            try
            {
                times.Read(thread);
            }
            catch (IOException) { } // it has just ended
        }
        return times;
    }

    /// <summary>Seconds of CPU since <paramref name="earlier"/>, summed by name, the busiest first.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Since(ThreadTimes earlier) =>
        [.. _threads
            .GroupBy(thread => thread.Value.Name, thread =>
                thread.Value.Ticks - earlier._threads.GetValueOrDefault(thread.Key).Ticks)
            .Select(group => (group.Key, group.Sum() / MachineTime.TicksPerSecond))
            .OrderByDescending(group => group.Item2)];

    private void Read(string thread)
    {
        var name = File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        var stat = File.ReadAllText(Path.Combine(thread, "stat"));
        var columns = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(columns[UserTime], CultureInfo.InvariantCulture)
            + long.Parse(columns[SystemTime], CultureInfo.InvariantCulture);
        _threads[thread] = (name, ticks);
    }
}
