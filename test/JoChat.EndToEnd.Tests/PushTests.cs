using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>Live means live: a connection that asked for push is told of messages by itself.</summary>
public sealed class PushTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task A_pushed_message_does_not_wait_any_more()
    {
        using var ada = await gateway.EnterAsync("push3");
        var bob = await gateway.ConnectAsync();
        await AskForPush(bob);
        await bob.SignUpAsync("push4");
        await bob.LogInAsync("push4");
        await ExpectQueueEmpty(bob);
        await Send(ada, "push3", "push4", "seen");
        Assert.Contains("seen", await bob.ReceiveAsync(), StringComparison.Ordinal);
        await bob.AskAsync("ping", null); // a fence: the answer is written once the session knows of the message written
        bob.EndInput();
        Assert.Null(await bob.ReceiveAsync());
        bob.Dispose();

        using var again = await gateway.ConnectAsync();

        Assert.Equal(0, await again.LogInAsync("push4"));
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_reader_that_stalls_gets_everything_once_and_in_order_when_it_reads_again()
    {
        const int Count = 3000;
        using var ada = await gateway.EnterAsync("push9");
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
        using var other = await gateway.EnterAsync("push12");
        for (var i = 0; i < 1000; i++) { await other.AskAsync("ping", null); } // by now its answers are stuck
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
