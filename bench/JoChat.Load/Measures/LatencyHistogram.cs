using System.Diagnostics;
using HdrHistogram;

namespace JoChat.Load;

/// <summary>Durations in stopwatch ticks, to within 1 % and 1 µs. Recording allocates nothing and costs about as much
/// as incrementing a counter, because the generator shares its CPU with the server; one histogram takes 12
/// KiB.</summary>
internal sealed class LatencyHistogram()
    : IntHistogram(Stopwatch.Frequency / 1_000_000, LongestTicks, numberOfSignificantValueDigits: 2)
{
    private static readonly long LongestTicks = 600 * Stopwatch.Frequency; // no wait of the load lasts 10 minutes

    /// <summary>The longest duration; 0 if there is none.</summary>
    public long Longest => TotalCount == 0 ? 0 : this.GetMaxValue();

    /// <summary>The duration that this percentage, 0 to 100, does not exceed; 0 if there is none.</summary>
    public long Percentile(double percentage) => TotalCount == 0 ? 0 : GetValueAtPercentile(percentage);

    /// <summary>Records one duration.</summary>
    public void Record(long ticks) => RecordValue(Math.Min(ticks, LongestTicks));

    /// <summary>All values of some histograms.</summary>
    public static LatencyHistogram Merge(IEnumerable<LatencyHistogram> histograms)
    {
        var all = new LatencyHistogram();
        foreach (var histogram in histograms) { all.Add(histogram); }
        return all;
    }
}
