namespace JoChat.Load.Tests;

/// <summary>What the commands take.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("throughput --gateways 2 --store postgres")]
    [InlineData("throughput --gateways 1 --tls")]
    [InlineData("idle --gateways 1")]
    [InlineData("failover --times 3")]
    public void Clusters_are_measured(string command) => Assert.Empty(FaultsOf(command));

    [Theory]
    [InlineData("throughput --gateways 5", "--gateways takes 0 to 4, not 5")]
    [InlineData("throughput --tls", "--tls is for the processes of a cluster: it takes --gateways")]
    [InlineData("failover --times 0", "--times takes 1 to 100, not 0")]
    public void What_cannot_be_measured_is_told(string command, string fault) =>
        Assert.Equal([fault], FaultsOf(command));

    private static IEnumerable<string> FaultsOf(string command) =>
        CommandLine.Create().Parse(command).Errors.Select(error => error.Message);
}
