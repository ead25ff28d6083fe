using System.Diagnostics;

namespace JoChat.Load.Tests;

/// <summary>How the load's latencies are counted: in stopwatch ticks, to within 1 %.</summary>
public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_of_merged_histograms_are_those_of_all_values()
    {
        LatencyHistogram[] parts = [new(), new()];
        for (var millisecond = 1; millisecond <= 1000; millisecond++)
        {
            parts[millisecond % 2].Record(Ticks(millisecond));
        }

        var all = LatencyHistogram.Merge(parts);

        Assert.Equal(1000, all.TotalCount);
        AssertNear(Ticks(1), all.Percentile(0));
        AssertNear(Ticks(500), all.Percentile(50));
        AssertNear(Ticks(990), all.Percentile(99));
        AssertNear(Ticks(1000), all.Longest);
    }

    [Fact]
    public void A_duration_beyond_its_range_counts_as_the_longest()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(long.MaxValue);

        AssertNear(Ticks(600_000), histogram.Longest);
    }

    [Fact]
    public void An_empty_one_has_percentiles_of_zero()
    {
        Assert.Equal(0, new LatencyHistogram().Percentile(99));
        Assert.Equal(0, new LatencyHistogram().Longest);
    }

    private static long Ticks(int milliseconds) => milliseconds * (Stopwatch.Frequency / 1000);

    private static void AssertNear(long expected, long actual) =>
        Assert.InRange(actual, expected - (expected / 100), expected + (expected / 100));
}
