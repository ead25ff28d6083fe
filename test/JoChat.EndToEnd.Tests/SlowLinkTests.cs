using System.Text.Json.Nodes;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>The client library and a real gateway, with a thousand bytes a second between them.</summary>
[Trait("Speed", "Slow")]
public sealed class SlowLinkTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const int BytesPerSecond = 1000;

    // What 65 s at this speed hold.
    private static readonly string Large = new('x', 65_000);

    [Theory]
    [InlineData(WireEncoding.Json)]
    [InlineData(WireEncoding.Binary)]
    public async Task A_large_text_goes_through_once_and_so_does_what_is_behind_it(WireEncoding encoding)
    {
        var time = new TestClock();
        await using var relay = new SlowRelay(time, BytesPerSecond, gateway.Process.Port);
        var (ada, bob) = ($"ada-{encoding}", $"bob-{encoding}");
        await using var recipient = await EnterAsync(new JoChatClientOptions { Port = gateway.Process.Port }, bob);
        await using var sender = await EnterAsync(
            new JoChatClientOptions { Port = relay.Port, Time = time, Encoding = encoding }, ada);
        var states = new List<ConnectionState>();
        sender.StateChanged += states.Add;

        var sends = new[] { sender.SendAsync(bob, Large), sender.SendAsync(bob, "behind it") };
        var count = sender.CountUnreadAsync(); // a time-out of 10 s, behind 65 s of bytes
        await Task.WhenAll(sends).OrFail();
        await count.OrFail();
        await sender.SendAsync(bob, "the last").OrFail();

        Assert.Equal((1, 0), (relay.Connections, states.Count));
        await using var messages = recipient.ReadMessagesAsync().GetAsyncEnumerator();
        foreach (var expected in (string[])[Large, "behind it", "the last"])
        {
            Assert.True(await messages.MoveNextAsync().AsTask().OrFail());
            Assert.Equal(expected, messages.Current.Content);
        }
    }

    [Fact]
    public async Task A_client_of_the_original_protocol_sends_a_large_text_in_one_request()
    {
        var time = new TestClock();
        await using var relay = new SlowRelay(time, BytesPerSecond, gateway.Process.Port);
        await using var client = await EnterAsync(
            new JoChatClientOptions { Port = relay.Port, Time = time, Features = Features.None }, "eve");

        await client.SendAsync("eve", Large).OrFail();
        var listed = await client.ListDeliveredAsync().OrFail();

        Assert.Equal(Large, Assert.Single(listed).Content);
        Assert.Equal(1, relay.Connections);
    }

    // A control character is one byte of the text and six of JSON: 13 minutes, longer than anything unseen is allowed for.
    [Fact]
    public async Task A_text_that_is_six_times_as_large_when_it_is_encoded_goes_through_while_its_bytes_are_taken()
    {
        var time = new TestClock();
        await using var relay = new SlowRelay(time, BytesPerSecond / 2, gateway.Process.Port);
        await using var sender = await EnterAsync(new JoChatClientOptions { Port = relay.Port, Time = time }, "ann");

        await sender.SendAsync("ann", new string('\u0001', 65_535)).OrFail();

        Assert.Equal(1, relay.Connections);
    }

    // Three times as long as the server may be silent, in real time. The text is twice as large when it is encoded.
    [Fact]
    public async Task A_script_sends_a_large_text_whose_bytes_take_longer_than_its_time_out()
    {
        await using var relay = new SlowRelay(bytesPerSecond: 14_000, gateway.Process.Port);
        var text = string.Concat(Enumerable.Repeat("\"\\", 32_000));
        await CliProcess.RunAsync(gateway.Process.Port, "pw", "signup", "--user", "slow", "--password-file", "-");

        var (exitCode, _, errors) = await CliProcess.RunAsync(
            relay.Port, "pw\n" + text, "send", "slow", "--user", "slow", "--password-file", "-", "--timeout", "3");

        Assert.True(exitCode == 0, errors);
        Assert.Equal(1, relay.Connections);
        var (_, output, _) = await CliProcess.RunAsync(
            gateway.Process.Port, "pw", "history", "slow", "--json", "--user", "slow", "--password-file", "-");
        Assert.Equal(text, (string?)JsonNode.Parse(output)!["content"]);
    }

    private static async Task<JoChatClient> EnterAsync(JoChatClientOptions options, string name)
    {
        var client = await JoChatClient.ConnectAsync(options).OrFail();
        await client.SignUpAsync(name, new Secret("pw")).OrFail();
        await client.LogInAsync(name, new Secret("pw")).OrFail();
        return client;
    }
}
