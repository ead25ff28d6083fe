using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Makes senders send in turn at a fixed rate that does not depend on how fast they are answered (open loop).
/// A sender has one pacer at a time.</summary>
internal static class Pacer
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    /// <summary>Paces them until it is cancelled or so many were sent.</summary>
    /// <param name="senders">Who sends, in turn.</param>
    /// <param name="perSecond">How many in all.</param>
    /// <param name="most">With so many it ends.</param>
    /// <param name="end">Ends the sending; that is not a failure.</param>
    /// <returns>How long it took, in seconds.</returns>
    public static async Task<double> RunAsync(
        IReadOnlyList<PacedSender> senders, int perSecond, long most, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Tick);
        var (began, sent) = (Stopwatch.GetTimestamp(), 0L);
        while (sent < most && !end.IsCancellationRequested)
        {
            var due = Math.Min(most, (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
            for (; sent < due; sent++) { senders[(int)(sent % senders.Count)].Prepare(); }
            foreach (var sender in senders) { sender.Flush(); }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
