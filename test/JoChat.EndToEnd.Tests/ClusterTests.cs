using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Several processes that are one JoChat, over one SQLite file.</summary>
[Trait("Speed", "Slow")]
public sealed class ClusterTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly TestCluster _cluster = new(nodes: 3);

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_message_crosses_from_one_gateway_to_another_or_waits_there()
    {
        var store = await _cluster.StartAsync(0, "store");
        var (one, other) = (await _cluster.StartAsync(1, "gateway"), await _cluster.StartAsync(2, "gateway"));
        using var ada = await TestCluster.EnterAsync(one, "ada");
        using var bob = await EnterWithPushAsync(other, "bob");
        using var eve = await TestCluster.EnterAsync(one, "eve");

        await ada.SendMessageAsync("ada", "bob", "hello");

        var arrived = Assert.IsType<MessageArrived>(await bob.NextEventAsync());
        Assert.Equal(("ada", "hello", false), (arrived.Sender, arrived.Content, arrived.Away));

        eve.Dispose();
        await ada.SendMessageAsync("ada", "eve", "later");
        using var again = await TestCluster.LogInAsync(other, "eve");
        var away = await again.AskAsync("fetch_away_msgs", null);
        Assert.Equal("later", (string?)away["msg"]![0]!["content"]);

        Assert.Equal(0, await one.StopAsync());
        Assert.Equal(0, await other.StopAsync());
        Assert.Equal(0, await store.StopAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_acknowledged_is_there_when_the_store_comes_back_and_clients_stay_connected(bool isKilled)
    {
        var store = await _cluster.StartAsync(0, "store");
        var gateway = await _cluster.StartAsync(1, "gateway");
        var ada = await TestCluster.EnterAsync(gateway, "ada");
        using var bob = await EnterWithPushAsync(gateway, "bob");
        await ada.SendMessageAsync("ada", "bob", "before");
        Assert.Equal("before", Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Content);
        await bob.TellAsync(new Acknowledge([1]));
        if (isKilled) { await store.KillAsync(); }
        else { Assert.Equal(0, await store.StopAsync()); }
        await _cluster.StartAsync(0, "store");

        using var last = await TestCluster.SendAsync(ada, gateway, "ada", "bob", "after");

        Assert.Equal("after", Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Content);
        await bob.TellAsync(new Acknowledge([2]));
        Assert.IsType<Pong>(await bob.AskAsync(new Protocol.Ping()));
        bob.Dispose();
        using var again = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal(0, await again.LogInAsync("bob"));
    }

    // With one for both ways, two nodes that connect at the same moment have two, and may disagree on which they use.
    [Fact]
    public async Task Two_nodes_have_a_connection_each_way()
    {
        await _cluster.StartAsync(0, "store");
        var gateway = await _cluster.StartAsync(1, "gateway");

        using var ada = await TestCluster.EnterAsync(gateway, "ada");

        var connections = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections();
        Assert.All([0, 1], node => Assert.Contains(
            connections, to => to.RemoteEndPoint.Port == _cluster.PortOf(node) && to.State == TcpState.Established));
    }

    [Fact]
    public async Task Who_was_on_a_gateway_that_crashed_logs_in_at_another()
    {
        await _cluster.StartAsync(0, "store");
        var (one, other) = (await _cluster.StartAsync(1, "gateway"), await _cluster.StartAsync(2, "gateway"));
        using var ada = await TestCluster.EnterAsync(one, "ada");
        using var bob = await TestCluster.EnterAsync(other, "bob");
        await one.KillAsync();
        await bob.SendMessageAsync("bob", "ada", "hello");

        using var again = await TestCluster.LogInAsync(other, "ada");

        var away = await again.AskAsync("fetch_away_msgs", null);
        Assert.Equal("hello", (string?)away["msg"]![0]!["content"]);
    }

    [Fact]
    public async Task A_second_store_over_SQLite_leaves_and_the_first_goes_on()
    {
        await _cluster.StartAsync(0, "store");
        var gateway = await _cluster.StartAsync(1, "gateway");
        using var ada = await TestCluster.EnterAsync(gateway, "ada");

        var second = await _cluster.StartAsync(2, "both", "--db", "other.db");

        Assert.Equal(75, await second.EndAsync());
        Assert.Contains(
            $"Stopped, status 75: 127.0.0.1:{_cluster.PortOf(0)} is a store already, and one that writes to SQLite must be alone",
            second.Errors, StringComparison.Ordinal);
        await ada.SendMessageAsync("ada", "ada", "hello");
    }

    [Fact]
    public async Task Nodes_of_one_authority_talk_and_one_of_another_stays_outside()
    {
        await MakeCertificatesAsync("ours", "store", "gateway");
        await MakeCertificatesAsync("theirs", "stranger");
        await _cluster.StartAsync(0, "store", Certificate("ours", "store"));
        var gateway = await _cluster.StartAsync(1, "gateway", Certificate("ours", "gateway"));
        using var ada = await TestCluster.EnterAsync(gateway, "ada");

        var stranger = await _cluster.StartAsync(2, "gateway", Certificate("theirs", "stranger"));

        Assert.Equal(75, await stranger.EndAsync());
        Assert.Contains("it was not issued by the cluster's authority", stranger.Errors, StringComparison.Ordinal);
        await ada.SendMessageAsync("ada", "ada", "hello");
    }

    [Fact]
    public async Task A_node_whose_port_is_taken_says_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, _cluster.PortOf(0));
        taken.Start();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster.StartAsync(0, "store"));

        Assert.Contains(
            $"jochat-gateway: cannot listen on 127.0.0.1:{_cluster.PortOf(0)}: Address already in use; choose another port with "
            + "jochat.cluster.port", fault.Message, StringComparison.Ordinal);
    }

    private async Task MakeCertificatesAsync(string authority, params string[] nodes)
    {
        await RunAsync("init");
        foreach (var node in nodes) { await RunAsync("issue", node); }

        async Task RunAsync(params string[] arguments)
        {
            var (status, _, errors) = await GatewayProcess.RunAsync(
                _cluster.Folder, ["cluster-ca", .. arguments, "--dir", authority]);
            Assert.True(status == 0, errors);
        }
    }

    private static string[] Certificate(string authority, string node) =>
    [
        "--set", $"jochat.cluster.tls.certificate={authority}/{node}.crt",
        "--set", $"jochat.cluster.tls.key={authority}/{node}.key",
        "--set", $"jochat.cluster.tls.authority={authority}/authority.crt",
    ];

    private static async Task<RawClient> EnterWithPushAsync(GatewayProcess gateway, string user)
    {
        var client = await TestCluster.EnterAsync(gateway, user);
        await client.AskAsync(new Hello("test", Features.Push | Features.Ack));
        Assert.IsType<QueueEmptied>(await client.NextEventAsync());
        return client;
    }
}
