using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat-gateway prune</c> and the retention, at a server that runs.</summary>
[Trait("Speed", "Slow")]
public sealed class PruneProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Old_messages_are_deleted_when_that_is_confirmed_and_what_was_pushed_is_acknowledged_as_ever()
    {
        await SeedAsync(old: 700, young: 3);
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var bob = await RawClient.ConnectAsync(gateway.Port);
        await bob.AskAsync(new Hello("test", Features.Push | Features.Ack));
        Assert.Equal(703, Assert.IsType<LoggedIn>(await bob.AskAsync(new LogIn("bob", new Secret("pw-bob")))).UnreadCount);
        for (var id = 1; id <= 256; id++) { Assert.Equal(id, Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Id); }

        var stay = await FailAsync(1, "prune", "--older-than", "90d");
        Assert.Contains("700 messages from before 20", stay, StringComparison.Ordinal);
        Assert.Contains("say --yes", stay, StringComparison.Ordinal);
        Assert.StartsWith("Deleted 700 messages from before 20", await SucceedAsync("prune", "--older-than", "90d", "--yes"), StringComparison.Ordinal);
        Assert.StartsWith("Deleted 0 messages from before 20", await SucceedAsync("prune", "--older-than", "90d", "--yes"), StringComparison.Ordinal);

        // The window is full of what is gone; behind it come those that are left.
        await bob.TellAsync(new Acknowledge([.. Enumerable.Range(1, 256).Select(id => (long)id)]));
        for (var id = 701; id <= 703; id++) { Assert.Equal(id, Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Id); }
        Assert.IsType<QueueEmptied>(await bob.NextEventAsync());
        await bob.TellAsync(new Acknowledge([701, 702, 703]));
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        await ada.LogInAsync("ada");
        await ada.SendMessageAsync("ada", "bob", "new");
        Assert.Equal(704, Assert.IsType<MessageArrived>(await bob.NextEventAsync()).Id);
        await gateway.LogLineAsync("The operator: 700 messages from before 20");
    }

    [LinuxFact]
    public async Task With_a_retention_old_messages_go_by_themselves()
    {
        await SeedAsync(old: 700, young: 3);
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--set", "jochat.storage.retention=90d");

        await gateway.LogLineAsync("Retention: 700 messages older than 90 days were deleted");

        using var bob = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal(3, await bob.LogInAsync("bob"));
    }

    [LinuxFact]
    public async Task The_store_of_a_cluster_prunes_and_has_the_retention()
    {
        await SeedAsync(old: 5, young: 3, middle: 40);
        await using var cluster = new TestCluster(nodes: 2);
        string[] at = ["--set", $"jochat.admin.socket={_folder.File("socket")}", "--db", _folder.File("chat.db")];
        var store = await cluster.StartAsync(0, "store", ["--set", "jochat.storage.retention=90d", .. at]);
        var gateway = await cluster.StartAsync(1, "gateway");
        using (await TestCluster.LogInAsync(gateway, "ada")) { } // the writer is found now

        Assert.StartsWith("Deleted 40 messages", await SucceedAsync(["prune", "--older-than", "30d", "--yes", .. at]), StringComparison.Ordinal);

        using var bob = await TestCluster.LogInAsync(gateway, "bob");
        Assert.Equal(3, (int)(await bob.AskAsync("count_unread", null))["unread_count"]!);
        await store.LogLineAsync("Retention: 5 messages");
        await store.LogLineAsync("The operator: 40 messages");
    }

    [LinuxFact]
    public async Task An_age_that_is_none_is_a_wrong_usage()
    {
        Assert.Contains("--older-than: expected a time such as 90d", await FailAsync(2, "prune", "--older-than", "90", "--yes"), StringComparison.Ordinal);
        Assert.Contains("--older-than", await FailAsync(2, "prune", "--yes"), StringComparison.Ordinal);
        Assert.Contains("no server listens at the admin socket", await FailAsync(1, "prune", "--older-than", "1d", "--yes"), StringComparison.Ordinal);
    }

    // From ada to bob: of 100 days ago, of 60, and of today.
    private async Task SeedAsync(int old, int young, int middle = 0)
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using (await RawClient.EnterAsync(gateway.Port, "ada")) { }
            using (await RawClient.EnterAsync(gateway.Port, "bob")) { }
            Assert.Equal(0, await gateway.StopAsync());
        }
        using var store = SqliteChatStore.Open(_folder.File("chat.db"));
        var (ada, bob) = (store.FindAccount("ADA")!.Id, store.FindAccount("BOB")!.Id);
        store.Begin();
        foreach (var days in (int[])[.. Enumerable.Repeat(100, old), .. Enumerable.Repeat(60, middle), .. Enumerable.Repeat(0, young)])
        {
            var id = new MessageId(store.LastMessageId.Value + 1);
            store.AddMessage(new NewMessage(id, ada, bob, "hello", DateTimeOffset.UtcNow.AddDays(-days)));
        }
        store.Commit();
    }

    private Task<string> SucceedAsync(params string[] arguments) => GatewayProcess.SucceedAsync(_folder.Path, arguments);

    private Task<string> FailAsync(int status, params string[] arguments) =>
        GatewayProcess.FailAsync(status, _folder.Path, arguments);
}
