using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>Live means live: a connection that asked for push is told of messages by itself.</summary>
public sealed class PushTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Messages_sent_while_away_come_first_then_the_live_ones_each_once()
    {
        using var ada = await RawClient.EnterAsync(gateway.Process.Port, "push1");
        using var bob = await gateway.ConnectAsync();
        await bob.SignUpAsync("push2");
        await Send(ada, "push1", "push2", "while away");
        await AskForPush(bob);

        Assert.Equal(1, await bob.LogInAsync("push2"));
        var first = JsonNode.Parse((await bob.ReceiveAsync())!)!;
        await ExpectQueueEmpty(bob);
        await Send(ada, "push1", "push2", "live");
        var second = JsonNode.Parse((await bob.ReceiveAsync())!)!;

        Assert.Equal("message", (string?)first["msg_type"]);
        Assert.Equal("while away", (string?)first["data"]!["content"]);
        Assert.True((bool)first["data"]!["away"]!);
        Assert.Equal("push1", (string?)first["data"]!["sender"]);
        Assert.Equal("push2", (string?)first["data"]!["recipient"]);
        Assert.Equal("live", (string?)second["data"]!["content"]);
        Assert.False((bool)second["data"]!["away"]!);
        Assert.True((long)second["data"]!["id"]! > (long)first["data"]!["id"]!);
    }

    [Fact]
    public async Task A_pushed_message_does_not_wait_any_more()
    {
        using var ada = await RawClient.EnterAsync(gateway.Process.Port, "push3");
        var bob = await gateway.ConnectAsync();
        await AskForPush(bob);
        await bob.SignUpAsync("push4");
        await bob.LogInAsync("push4");
        await ExpectQueueEmpty(bob);
        await Send(ada, "push3", "push4", "seen");
        Assert.Contains("seen", await bob.ReceiveAsync(), StringComparison.Ordinal);
        bob.EndInput();
        Assert.Null(await bob.ReceiveAsync());
        bob.Dispose();

        using var again = await gateway.ConnectAsync();

        Assert.Equal(0, await again.LogInAsync("push4"));
    }

    [Fact]
    public async Task A_connection_that_did_not_say_hello_is_never_told_anything()
    {
        using var ada = await RawClient.EnterAsync(gateway.Process.Port, "push5");
        using var old = await RawClient.EnterAsync(gateway.Process.Port, "push6");

        await Send(ada, "push5", "push6", "poll me");
        var answer = await old.AskAsync(Wire.Request("count_unread"));

        Assert.Contains("count_unread", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hello_after_the_login_hands_over_what_waits()
    {
        using var ada = await RawClient.EnterAsync(gateway.Process.Port, "push7");
        using var bob = await gateway.ConnectAsync();
        await bob.SignUpAsync("push8");
        await Send(ada, "push7", "push8", "late");
        await bob.LogInAsync("push8");

        await AskForPush(bob);

        Assert.Contains("late", await bob.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_stalls_gets_everything_once_and_in_order_when_it_reads_again()
    {
        const int Count = 3000;
        using var ada = await RawClient.EnterAsync(gateway.Process.Port, "push9");
        using var bob = await gateway.ConnectAsync();
        await AskForPush(bob);
        await bob.SignUpAsync("push10");
        await bob.LogInAsync("push10");
        await ExpectQueueEmpty(bob);
        var filler = new string('x', 4000); // 12 MB in all: more than sockets and buffers hold

        for (var i = 0; i < Count; i++) { await Send(ada, "push9", "push10", $"{i} {filler}"); }

        for (var i = 0; i < Count; i++)
        {
            var message = JsonNode.Parse((await bob.ReceiveAsync())!)!["data"]!;
            Assert.StartsWith($"{i} x", (string?)message["content"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_session_that_is_taken_over_while_its_client_still_sends_is_told_why_it_ends()
    {
        using var bob = await RawClient.ConnectAsync(gateway.Process.Port, receiveBuffer: 4096);
        await AskForPush(bob);
        await bob.SignUpAsync("push11");
        await bob.LogInAsync("push11");
        await ExpectQueueEmpty(bob);
        using var again = await gateway.ConnectAsync();
        var ping = Wire.Frame($$"""{"msg_type":"ping","data":{},"id":"{{new string('x', 120)}}"}""");

        // More than sockets and buffers hold, while none of the answers is read.
        var sending = bob.SendBytesAsync([.. Enumerable.Repeat(ping, 100_000).SelectMany(bytes => bytes)]);
        for (var i = 0; i < 1000; i++) { await again.AskAsync("ping", null); } // by now its answers are stuck
        await again.AskAsync("login", new { username = "push11", password = "pw-push11", takeover = true });

        string? message;
        do { message = await bob.ReceiveAsync(); }
        while (message?.Contains("\"ping\"", StringComparison.Ordinal) is true);
        Assert.Contains("taken_over", message, StringComparison.Ordinal);
        await Record.ExceptionAsync(() => sending); // it may be cut by now
    }

    private static async Task AskForPush(RawClient client)
    {
        var answer = await client.AskAsync("hello", new { client = "test", features = (string[])["push"] });
        Assert.Equal("push", (string?)answer["features"]![0]);
    }

    private static async Task ExpectQueueEmpty(RawClient client) =>
        Assert.Contains("queue_empty", await client.ReceiveAsync(), StringComparison.Ordinal);

    private static async Task Send(RawClient client, string sender, string recipient, string content)
    {
        var answer = await client.AskAsync("send_message", new { sender, recipient, content });
        Assert.Equal("Message stored.", (string?)answer["msg"]);
    }
}
