using System.Diagnostics;

namespace JoChat.Load.Tests;

/// <summary>How long a client is not served over a fail-over.</summary>
public sealed class OutageTests
{
    [Fact]
    public void It_lasts_from_the_fault_until_the_next_acknowledgement() =>
        Assert.Equal(4, Outage.Seconds(At(1), [At(0), At(5), At(6)]));

    [Fact]
    public void What_a_writer_acknowledges_after_it_is_asked_to_stop_does_not_end_it() =>
        Assert.Equal(2.5, Outage.Seconds(At(1), [At(0.5), At(1.1), At(1.5), At(3.5), At(3.6)]));

    [Fact]
    public void A_longer_pause_before_the_fault_does_not_count() =>
        Assert.Equal(1, Outage.Seconds(At(10), [At(0), At(9.9), At(11), At(11.1)]));

    private static long At(double seconds) => (long)(1000 * Stopwatch.Frequency + seconds * Stopwatch.Frequency);
}
