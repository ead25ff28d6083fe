using System.Diagnostics;

namespace JoChat.Load;

/// <summary>How long nothing was acknowledged.</summary>
internal static class Outage
{
    /// <summary>Seconds from a fault to the end of the longest time without an acknowledgement that ended after it. What is
    /// acknowledged right after the fault, by a writer that is asked to stop, is not the end.</summary>
    /// <param name="faultAt">When the fault was, as <c>Stopwatch.GetTimestamp</c>.</param>
    /// <param name="acknowledgedAt">When something was acknowledged, ascending; at least once after the fault.</param>
    public static double Seconds(long faultAt, IReadOnlyList<long> acknowledgedAt)
    {
        var (longest, endedAt, before) = (-1L, faultAt, acknowledgedAt[0]);
        foreach (var at in acknowledgedAt)
        {
            if (at > faultAt && at - before > longest) { (longest, endedAt) = (at - before, at); }
            before = at;
        }
        return Stopwatch.GetElapsedTime(faultAt, endedAt).TotalSeconds;
    }
}
