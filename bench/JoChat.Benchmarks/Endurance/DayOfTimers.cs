using System.Diagnostics;
using System.Globalization;
using JoChat.ActorEngine.TestKit;

namespace JoChat.Benchmarks;

/// <summary>Twenty-four hours of an actor system with timers of every kind, by a simulated clock: neither the timers
/// that are set nor the memory may become more.</summary>
internal static class DayOfTimers
{
    private const int Hours = 24;
    private const int HoursToSettle = 2;

    // One byte kept for each periodic tick would be more.
    private const long SlackBytes = 512 * 1024;

    private static readonly (TimeSpan Interval, int Actors)[] Users =
    [
        (TimeSpan.FromMilliseconds(100), 1),
        (TimeSpan.FromSeconds(1), 10),
        (TimeSpan.FromSeconds(10), 50),
        (TimeSpan.FromMinutes(1), 250),
    ];

    /// <returns>What is not as promised.</returns>
    public static IReadOnlyList<string> Run()
    {
        using var simulation = new Simulation(seed: 1);
        var ticks = new Ticks();
        foreach (var (interval, actors) in Users)
        {
            var props = Props.Create(() => new TimerUser(interval, ticks));
            for (var i = 0; i < actors; i++) { simulation.Sys.ActorOf(props); }
        }

        var start = Stopwatch.GetTimestamp();
        simulation.Advance(TimeSpan.FromHours(HoursToSettle));
        var (timers, bytes) = (simulation.ActiveTimers, LiveMemory.Bytes());
        simulation.Advance(TimeSpan.FromHours(Hours - HoursToSettle));
        var (timersAtEnd, bytesAtEnd) = (simulation.ActiveTimers, LiveMemory.Bytes());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"timers: {Hours} h simulated in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, "
            + $"{ticks.Periodic:N0} periodic, {ticks.Single:N0} single, {ticks.Idle:N0} receive time-outs, "
            + $"{ticks.Scheduled:N0} scheduled"));
        Console.WriteLine(
            $"after {HoursToSettle} h and at the end: {timers} and {timersAtEnd} timers, "
            + $"{LiveMemory.Mib(bytes)} and {LiveMemory.Mib(bytesAtEnd)} MiB");
        return [.. Judge(ticks, timersAtEnd - timers, bytesAtEnd - bytes)];
    }

    private static IEnumerable<string> Judge(Ticks ticks, int moreTimers, long moreBytes)
    {
        var expected = Users.Sum(user => user.Actors * (long)(TimeSpan.FromHours(Hours) / user.Interval));
        if (ticks.Periodic != expected) { yield return $"{ticks.Periodic} of {expected} periodic timers fired"; }
        if (moreTimers != 0) { yield return $"{moreTimers} timers more at the end"; }
        if (moreBytes > SlackBytes) { yield return $"{LiveMemory.Mib(moreBytes)} MiB more at the end"; }
    }
}
