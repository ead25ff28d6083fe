using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace JoChat.Gateway.Tests;

/// <summary>With <c>jochat.gateway.protocol</c> one form is spoken, and a client of another is told so in its own.
/// </summary>
public sealed class PinnedProtocolTests
{
    private const string OnlyJson = "This server speaks only JSON (jochat.gateway.protocol).";
    private const string OnlyBinary = "This server speaks only binary (jochat.gateway.protocol).";

    [Fact]
    public async Task Pinned_to_JSON_it_speaks_JSON_and_refuses_the_binary_forms()
    {
        await using var gateway = await StartAsync(SpokenProtocols.Json);

        Assert.Contains("\"ok\"", await AskJsonAsync(gateway), StringComparison.Ordinal);
        Assert.Equal(
            Wire.Frame(Wire.BinaryFailure(OnlyJson)), await SendAsync(gateway, Wire.Frame(Wire.BinarySignUp)));
        Assert.Equal(Wire.BinaryFailure(OnlyJson), await SendAsync(gateway, Wire.BinarySignUp));
    }

    [Fact]
    public async Task Pinned_to_binary_it_speaks_binary_frames_and_refuses_JSON_and_bare_clients()
    {
        await using var gateway = await StartAsync(SpokenProtocols.Binary);
        await using var client = await gateway.ConnectAsync();

        await client.WriteAsync(Wire.Frame(Wire.BinarySignUp));

        Assert.Equal(Wire.BinaryInvalidData, await client.ReadFrameAsync());
        Assert.Equal(Wire.BinaryFailure(OnlyBinary), await SendAsync(gateway, Wire.BinarySignUp));
        AssertRefused(await AskJsonAsync(gateway));
    }

    [Fact]
    public async Task A_WebSocket_is_refused_in_the_kind_of_its_first_message_and_closed()
    {
        await using var gateway = await StartAsync(SpokenProtocols.Binary);
        using var client = await WebSockets.ConnectAsync(gateway.HttpPort);

        await client.SendTextAsync(Wire.HelloJson);

        AssertRefused(await client.ReceiveTextAsync());
        Assert.Equal(WebSocketMessageType.Close, (await client.ReceiveMessageAsync()).Kind);
    }

    private static Task<RunningGateway> StartAsync(SpokenProtocols protocol) =>
        RunningGateway.StartAsync(new GatewayOptions { Protocol = protocol });

    private static async Task<string?> AskJsonAsync(RunningGateway gateway)
    {
        await using var client = await gateway.ConnectAsync();
        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        return await client.ReadJsonAsync();
    }

    // Everything it answers until it closes.
    private static async Task<byte[]> SendAsync(RunningGateway gateway, byte[] request)
    {
        await using var client = await gateway.ConnectAsync();
        await client.WriteAsync(request);
        return await client.ReadAllAsync();
    }

    private static void AssertRefused(string? answer)
    {
        var data = JsonNode.Parse(answer!)!["data"]!;
        Assert.Equal("unsupported", (string?)data["code"]);
        Assert.Equal(OnlyBinary, (string?)data["msg"]);
    }
}
