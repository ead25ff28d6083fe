namespace JoChat.Load.Tests;

/// <summary>What a cluster costs more than a process alone.</summary>
public sealed class ClusterComparisonTests
{
    [Fact]
    public void What_it_costs_more_is_shown_of_the_figures_that_both_have()
    {
        RunResult cluster = new(
            [new("delivered", "/s", 5), new("ack p50", "ms", 3), new("server CPU", "s per 1 M", 9.5)], []);
        RunResult alone = new([new("delivered", "/s", 6), new("server CPU", "s per 1 M", 7)], []);

        Assert.Equal([new Figure("more server CPU", "s per 1 M", 2.5)], ClusterComparison.More(cluster, alone));
    }

    [Theory]
    [InlineData(0, false, "")]
    [InlineData(2, false, ", one store and 2 gateway(s)")]
    [InlineData(1, true, ", one store and 1 gateway(s) over PostgreSQL")]
    public void The_title_tells_the_processes(int gateways, bool onPostgres, string told)
    {
        LoadOptions options = new() { Runs = 1, Folder = "", Gateways = gateways, OnPostgres = onPostgres };

        Assert.Equal(told, ClusterComparison.Describe(options));
    }
}
