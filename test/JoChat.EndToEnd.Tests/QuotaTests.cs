using System.Diagnostics;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>What one account may store, and what may wait for one, at a real server with small bounds.</summary>
public sealed class QuotaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_sender_cannot_fill_an_inbox_and_others_still_reach_it()
    {
        await using var gateway = await StartAsync("max-unread-from-one=3");
        using var ada = await EnterAsync(gateway, "ada");
        using var eve = await EnterAsync(gateway, "eve");
        using var bob = await AwayAsync(gateway, "bob");
        var first = await SendAsync(ada, "ada", "bob", "c1");
        await SendAsync(ada, "ada", "bob");
        await SendAsync(ada, "ada", "bob");

        Assert.Equal(Refusals.InboxFull, await SendAsync(ada, "ada", "bob"));
        Assert.Equal(first, await SendAsync(ada, "ada", "bob", "c1")); // what is stored is answered again
        Assert.IsType<MessageStored>(await SendAsync(eve, "eve", "bob"));
        Assert.IsType<MessageStored>(await SendAsync(ada, "ada", "eve"));
        await LogInAsync(bob, "bob");
        Assert.Equal(4, Assert.IsType<AwayFetched>(await bob.AskAsync(new FetchAway(10))).Messages.Length);

        await SendUntilStoredAsync(ada, "ada", "bob");
    }

    [Fact]
    public async Task A_blocked_sender_finds_the_inbox_as_full_as_that_of_one_who_is_away()
    {
        await using var gateway = await StartAsync("max-unread-from-one=3");
        using var ada = await EnterAsync(gateway, "ada");
        using var bob = await EnterAsync(gateway, "bob");
        await SendAsync(ada, "ada", "bob");
        await bob.AskAsync(new Block("ada"));
        await SendAsync(ada, "ada", "bob");
        await SendAsync(ada, "ada", "bob");
        await bob.AskAsync(new MarkDelivered(long.MaxValue));

        Assert.Equal(Refusals.InboxFull, await SendAsync(ada, "ada", "bob"));
        Assert.Equal(Refusals.InboxFull, await SendAsync(ada, "ada", "bob"));
    }

    [Fact]
    public async Task A_full_inbox_takes_a_hundred_more_of_each()
    {
        await using var gateway = await StartAsync("max-unread=5");
        using var ada = await EnterAsync(gateway, "ada");
        using var eve = await EnterAsync(gateway, "eve");
        using var bob = await AwayAsync(gateway, "bob");
        for (var i = 0; i < 100; i++) { Assert.IsType<MessageStored>(await SendAsync(ada, "ada", "bob")); }

        Assert.Equal(Refusals.InboxFull, await SendAsync(ada, "ada", "bob"));
        Assert.IsType<MessageStored>(await SendAsync(eve, "eve", "bob"));
    }

    [Fact]
    public async Task Strangers_who_fill_an_inbox_keep_nobody_out_to_whom_its_owner_writes()
    {
        await using var gateway = await StartAsync("max-unread=5");
        using var ada = await EnterAsync(gateway, "ada");
        using var eve = await EnterAsync(gateway, "eve");
        using (var bob = await EnterAsync(gateway, "bob"))
        {
            Assert.IsType<MessageStored>(await SendAsync(bob, "bob", "ada"));
        }
        for (var i = 0; i < 100; i++) { Assert.IsType<MessageStored>(await SendAsync(eve, "eve", "bob")); }

        Assert.Equal(Refusals.InboxFull, await SendAsync(eve, "eve", "bob"));
        for (var i = 0; i < 150; i++) { Assert.IsType<MessageStored>(await SendAsync(ada, "ada", "bob")); }
    }

    [Fact]
    public async Task An_account_stores_so_much_until_some_of_it_is_deleted()
    {
        await using var gateway = await StartAsync("max-stored=1KiB");
        using var ada = await EnterAsync(gateway, "ada");
        using var bob = await EnterAsync(gateway, "bob");
        Assert.IsType<MessageStored>(await SendAsync(ada, "ada", "bob", content: new string('x', 500)));

        Assert.Equal(Refusals.QuotaExceeded, await SendAsync(ada, "ada", "bob", content: new string('x', 500)));
        Assert.IsType<MessageStored>(await SendAsync(ada, "ada", "bob", content: "short"));
        Assert.IsType<MessageStored>(await SendAsync(bob, "bob", "ada", content: new string('x', 500)));
        Assert.Equal(new DeletedFrom(2), await bob.AskAsync(new DeleteFrom("ada")));

        await SendUntilStoredAsync(ada, "ada", "bob", new string('x', 500));
    }

    private Task<GatewayProcess> StartAsync(string setting) =>
        GatewayProcess.StartAsync(_folder.Path, "--set", "jochat.accounts." + setting);

    private static async Task<RawClient> EnterAsync(GatewayProcess gateway, string name)
    {
        var client = await AwayAsync(gateway, name);
        await LogInAsync(client, name);
        return client;
    }

    private static async Task<RawClient> AwayAsync(GatewayProcess gateway, string name)
    {
        var client = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal(new SignedUp(), await client.AskAsync(new SignUp(name, new Secret("pw"))));
        return client;
    }

    private static async Task LogInAsync(RawClient client, string name) =>
        Assert.IsType<LoggedIn>(await client.AskAsync(new LogIn(name, new Secret("pw"))));

    private static Task<Response> SendAsync(
        RawClient client, string sender, string recipient, string? clientId = null, string content = "hello") =>
        client.AskAsync(new SendMessage(sender, recipient, content, clientId));

    // Room is noticed a second later at the latest.
    private static async Task SendUntilStoredAsync(
        RawClient client, string sender, string recipient, string content = "hello")
    {
        var begun = Stopwatch.GetTimestamp();
        while (await SendAsync(client, sender, recipient, content: content) is not MessageStored)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), "It stays full.");
        }
    }
}
