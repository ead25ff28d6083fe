using System.Text;
using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>Bad input is answered, not suffered: a refusal for the peer, a quiet log, bounded memory.</summary>
public sealed class HostileInputTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IDisposable
{
    /// <summary>After each test: whatever was sent, the log stayed quiet.</summary>
    public void Dispose() => Assert.Equal(string.Empty, gateway.Process.Complaints);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("nonsense")]
    [InlineData("""{"msg_type":"login"}""")]
    [InlineData("""{"msg_type":5,"data":{}}""")]
    [InlineData("""{"msg_type":"login","data":[]}""")]
    [InlineData("""{"msg_type":"login","data":{"username":7,"password":"x"}}""")]
    [InlineData("""{"msg_type":"signup","data":{"username":"\ud800","password":"x"}}""")]
    [InlineData("""{"msg_type":"login","data":{}} trailing""")]
    public async Task An_unreadable_request_is_answered_and_the_connection_goes_on(string body)
    {
        using var client = await gateway.ConnectAsync();
        await AssertUsable(client); // from its first frame on it speaks JSON

        var answer = JsonNode.Parse((await client.AskAsync(body))!)!["data"]!;

        Assert.Equal("error", (string?)answer["status"]);
        Assert.Equal("malformed_request", (string?)answer["code"]);
        Assert.NotEqual(string.Empty, (string?)answer["msg"]);
        await AssertUsable(client);
    }

    [Fact]
    public async Task An_unknown_operation_is_answered_under_its_name()
    {
        using var client = await gateway.ConnectAsync();

        var answer = JsonNode.Parse((await client.AskAsync(Wire.Request("make_coffee")))!)!;

        Assert.Equal("make_coffee", (string?)answer["msg_type"]);
        Assert.Equal("unknown_operation", (string?)answer["data"]!["code"]);
        await AssertUsable(client);
    }

    [Fact]
    public async Task Invalid_utf8_is_answered_and_the_connection_goes_on()
    {
        using var client = await gateway.ConnectAsync();
        var frame = Wire.Frame(Wire.Request("signup", new { username = "inv?lid", password = "x" }));
        frame[Array.IndexOf(frame, (byte)'?')] = 0xFF;

        await client.SendBytesAsync(frame);

        Assert.Contains("malformed_request", await client.ReceiveAsync(), StringComparison.Ordinal);
        await AssertUsable(client);
    }

    [Theory]
    [InlineData(8 * 1024, false)]
    [InlineData(1024 * 1024, true)]
    public async Task A_frame_is_judged_by_its_length_one_byte_more_than_the_limit_included(int limit, bool isLoggedIn)
    {
        using var client = await gateway.ConnectAsync();
        if (isLoggedIn)
        {
            await client.SignUpAsync("long-winded");
            await client.LogInAsync("long-winded");
        }
        var longest = Encoding.UTF8.GetByteCount(Wire.Request("signup", new { username = "", password = "x" }));
        var username = new string('u', limit - longest);

        var atTheLimit = await client.AskAsync("signup", new { username, password = "x" });
        await client.SendAsync(Wire.Request("signup", new { username = username + "u", password = "x" }));

        Assert.Equal("Username must be 1 to 64 characters.", (string?)atTheLimit["msg"]);
        Assert.Contains("frame_too_long", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task Half_a_frame_and_an_end_harms_nobody()
    {
        using var client = await gateway.ConnectAsync();
        await client.SendBytesAsync(Wire.Frame(Wire.Request("logout"))[..^5]);

        client.EndInput();

        Assert.Null(await client.ReceiveAsync());
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task Ten_thousand_pipelined_requests_are_answered_in_order_with_little_memory_and_no_log()
    {
        const int Count = 10_000;
        using var client = await gateway.EnterAsync("pipeliner");
        var before = gateway.Process.MemoryBytes;
        var frames = new MemoryStream();
        for (var i = 0; i < Count; i++)
        {
            // Every third is a mistake, so that answers from the store and from the session have to keep their order.
            var data = (i % 3) switch
            {
                0 => """{"msg_type":"send_message","data":{"sender":"pipeliner","recipient":"pipeliner","content":"x"}""",
                1 => """{"msg_type":"send_message","data":{"sender":"pipeliner","recipient":"nobody","content":"x"}""",
                _ => """{"msg_type":"login","data":{"username":"pipeliner"}""",
            };
            frames.Write(Wire.Frame($$"""{{data}},"id":{{i}}}"""));
        }

        var sending = client.SendBytesAsync(frames.ToArray());
        for (var i = 0; i < Count; i++)
        {
            var answer = JsonNode.Parse((await client.ReceiveAsync())!)!;
            Assert.Equal(i, (int)answer["id"]!);
        }
        await sending;

        Assert.InRange(gateway.Process.MemoryBytes - before, long.MinValue, 100L * 1024 * 1024);
    }

    [Fact]
    public async Task A_client_that_never_reads_its_answers_costs_little_memory_and_no_one_else_anything()
    {
        using var deaf = await gateway.EnterAsync("deaf");
        for (var i = 0; i < 16; i++)
        {
            await deaf.AskAsync(
                "send_message", new { sender = "deaf", recipient = "deaf", content = new string('x', 65_000) });
        }
        var before = gateway.Process.MemoryBytes;
        var request = Wire.Frame(Wire.Request("send_messages_to_client")); // a megabyte of answer each

        var sending = deaf.SendBytesAsync([.. Enumerable.Repeat(request, 2000).SelectMany(frame => frame)]);
        using var other = await gateway.EnterAsync("hearing");
        await AssertUsable(other);

        Assert.InRange(gateway.Process.MemoryBytes - before, long.MinValue, 100L * 1024 * 1024);
        deaf.Dispose();
        await Task.WhenAny(sending);
    }

    private static async Task AssertUsable(RawClient client)
    {
        var answer = await client.AskAsync("hello", new { client = "test" });
        Assert.Equal("ok", (string?)answer["status"]);
    }
}
