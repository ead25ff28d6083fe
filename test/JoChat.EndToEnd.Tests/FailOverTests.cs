using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>Nodes that are gateways and stores, over a real PostgreSQL: when the writer is gone, another one writes.</summary>
[Trait("Speed", "Slow")]
public sealed class FailOverTests : IAsyncDisposable, IAsyncLifetime
{
    private readonly Lazy<PostgresCluster> _postgres = new(() => new PostgresCluster());
    private TestCluster? _cluster;

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) { await _cluster.DisposeAsync(); }
        if (_postgres.IsValueCreated) { _postgres.Value.Dispose(); }
    }

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_node_writes_when_the_writer_is_gone_and_clients_of_the_others_stay_connected(bool isKilled)
    {
        var nodes = await StartAsync(3);
        var ada = await TestCluster.EnterAsync(nodes[1], "ada");
        using var bob = await TestCluster.EnterAsync(nodes[2], "bob");
        await bob.AskAsync(new Hello("test", Features.Push | Features.Ack));
        Assert.IsType<QueueEmptied>(await bob.NextEventAsync());
        await ada.SendMessageAsync("ada", "bob", "before");
        Assert.Equal("before", Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Content);
        if (isKilled) { await nodes[0].KillAsync(); }
        else { Assert.Equal(0, await nodes[0].StopAsync()); }

        using var last = await TestCluster.SendAsync(ada, nodes[1], "ada", "bob", "after");

        Assert.Equal("after", Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Content);
        Assert.Equal("2", Sql("SELECT count(*) FROM messages"));
    }

    [PostgresFact]
    public async Task A_writer_whose_epoch_was_taken_answers_nobody_leaves_with_75_and_another_writes()
    {
        var nodes = await StartAsync(3); // of two, the one with the lower address would leave too
        using var ada = await TestCluster.EnterAsync(nodes[0], "ada");
        Sql("UPDATE writer SET epoch = epoch + 1, owner = gen_random_uuid()");

        await ada.SendAsync(Wire.Request("send_message", new { sender = "ada", recipient = "ada", content = "hello" }));

        Assert.Equal(75, await nodes[0].EndAsync());
        Assert.Null(await ada.ReceiveAsync());
        Assert.Contains(
            "Stopped, status 75: another gateway has taken over PostgreSQL database jochat1", nodes[0].Errors,
            StringComparison.Ordinal);
        Assert.Equal("0", Sql("SELECT count(*) FROM messages"));
        using var again = await TestCluster.LogInAsync(nodes[1], "ada");
        await again.SendMessageAsync("ada", "ada", "hello");
        Assert.Equal("1", Sql("SELECT count(*) FROM messages"));
    }

    [PostgresFact]
    public async Task A_node_that_cannot_open_the_database_for_ten_seconds_leaves_with_75()
    {
        var nodes = await StartAsync(1);
        Assert.Equal(0, await nodes[0].StopAsync());
        _postgres.Value.Kill();

        var restarted = await _cluster!.StartAsync(0, "both");

        Assert.Equal(75, await restarted.EndAsync());
        Assert.Matches(@"cannot open PostgreSQL database .*; tried again", restarted.Errors);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_told_at_the_start()
    {
        await using var cluster = new TestCluster(
            1, "--set", "jochat.storage.engine=postgres", "--set", "jochat.storage.postgres.connection-string=Hots=127.0.0.1");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.StartAsync(0, "store"));

        Assert.Contains("jochat-gateway: jochat.storage.postgres.connection-string: ", fault.Message, StringComparison.Ordinal);
    }

    private async Task<GatewayProcess[]> StartAsync(int count)
    {
        var database = _postgres.Value.CreateDatabase();
        _cluster = new TestCluster(
            count, "--set", "jochat.storage.engine=postgres",
            "--set", $"jochat.storage.postgres.connection-string={database}");
        var nodes = new GatewayProcess[count];
        for (var i = 0; i < count; i++)
        {
            nodes[i] = await _cluster.StartAsync(i, "both");
            await nodes[i].LogLineAsync("This node is a member of the cluster"); // younger than those before: the first writes
        }
        return nodes;
    }

    private string Sql(string sql) => _postgres.Value.Execute("jochat1", sql);
}
