using System.Diagnostics;
using System.Globalization;

namespace JoChat.Benchmarks;

/// <summary>A million actors below one parent, all alive at once: each is told one message and then stopped.</summary>
internal static class MillionActors
{
    private const int Count = 1_000_000;
    private const int FewCount = 1_000;

    // Of what the actors took: the thread pool keeps the room that their turns needed in its queues.
    private const double Slack = 0.05;

    // Only a lost message or a lost death takes as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>What is not as promised.</returns>
    public static async Task<IReadOnlyList<string>> Run()
    {
        using var system = ActorSystem.Create("million");
        await Live(system, FewCount, new Tally()); // not counted: it compiles
        var before = LiveMemory.Bytes();
        var tally = new Tally();
        var faults = await Live(system, Count, tally);
        await Live(system, FewCount, new Tally()); // not counted: a thread of the pool holds the last thing it ran
        var after = LiveMemory.Bytes();
        Console.WriteLine(
            $"memory, MiB: {LiveMemory.Mib(before)} before, {LiveMemory.Mib(tally.Bytes)} with all alive, "
            + $"{LiveMemory.Mib(after)} after; process at its peak {LiveMemory.Mib(LiveMemory.PeakOfProcess())}");
        if (after - before > Slack * (tally.Bytes - before))
        {
            faults.Add($"{LiveMemory.Mib(after - before)} MiB were kept of {Count} actors that have stopped");
        }

        await system.Terminate();
        return faults;
    }

    private static async Task<List<string>> Live(ActorSystem system, int count, Tally tally)
    {
        var start = Stopwatch.GetTimestamp();
        var parent = system.ActorOf(Props.Create(() => new Nursery(tally)));
        var isTold = await Answers(parent, new Nursery.Spawn(count));
        var told = Stopwatch.GetElapsedTime(start);
        tally.Bytes = count == Count ? LiveMemory.Bytes() : 0;

        start = Stopwatch.GetTimestamp();
        var isOver = isTold && await Answers(parent, Nursery.StopAll.Instance);
        var stopped = Stopwatch.GetElapsedTime(start);
        var left = isOver ? await parent.Ask<int>(Nursery.CountChildren.Instance, Patience) : count;
        var isGone = await parent.GracefulStop(Patience);
        if (count == Count) { Print(tally, told, stopped); }

        List<string> faults = [];
        if (tally.Handled != count) { faults.Add($"{tally.Handled} of {count} actors handled their message"); }
        if (tally.Stopped != count) { faults.Add($"PostStop of {tally.Stopped} of {count} actors ran"); }
        if (tally.Terminated != count) { faults.Add($"{tally.Terminated} of {count} terminations were told"); }
        if (left != 0) { faults.Add($"{left} children were left"); }
        if (!isGone) { faults.Add("the parent did not stop"); }
        return faults;
    }

    private static void Print(Tally tally, TimeSpan told, TimeSpan stopped) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"actors: {tally.Handled:N0} made and told in {told.TotalSeconds:F1} s, "
        + $"{tally.Stopped:N0} stopped and {tally.Terminated:N0} reported in {stopped.TotalSeconds:F1} s"));

    private static async Task<bool> Answers(IActorRef parent, object request)
    {
        try
        {
            await parent.Ask(request, Patience);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false; // the counts say what is missing
        }
    }
}
