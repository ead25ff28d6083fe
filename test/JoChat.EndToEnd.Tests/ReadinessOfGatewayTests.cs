using System.Net;

namespace JoChat.EndToEnd.Tests;

/// <summary>A gateway of a cluster is ready while it has a writer.</summary>
[Trait("Speed", "Slow")]
public sealed class ReadinessOfGatewayTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly TestCluster _cluster = new(nodes: 2);
    private readonly int _httpPort = FreePort.Find();

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_gateway_is_ready_from_the_time_it_finds_a_writer_until_it_loses_it()
    {
        await _cluster.StartAsync(1, "gateway", "--http-port", $"{_httpPort}");
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "not ready: no writer is found\n"), await Scrape.GetAsync(_httpPort, "/readyz"));

        var store = await _cluster.StartAsync(0, "store");
        await UntilAsync(HttpStatusCode.OK);
        var found = await Scrape.OfAsync(_httpPort);
        Assert.Equal((1, 0), (found["jochat_cluster_links{to=\"writer\"}"], found["jochat_cluster_writer"]));
        Assert.True(found["jochat_cluster_epoch"] >= 1);

        await store.KillAsync();
        await UntilAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(0, (await Scrape.OfAsync(_httpPort))["jochat_cluster_links{to=\"writer\"}"]);
        Assert.Equal(HttpStatusCode.OK, (await Scrape.GetAsync(_httpPort, "/healthz")).Status);
    }

    private async Task UntilAsync(HttpStatusCode status)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await Scrape.GetAsync(_httpPort, "/readyz")).Status != status)
        {
            await look.WaitForNextTickAsync(patience.Token);
        }
    }
}
