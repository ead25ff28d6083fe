using System.Net;
using System.Net.WebSockets;

namespace JoChat.Gateway.Tests;

/// <summary>A client behind a proxy is taken for itself, if the proxy is trusted.</summary>
public sealed class ProxyTests
{
    private static readonly byte[] HeaderFor7 = Convert.FromHexString("0D0A0D0A000D0A515549540A2111000CC0000207C00002091F9015B3");

    [Theory]
    [InlineData("127.0.0.0/8", "ok")]
    [InlineData("192.0.2.1", null)] // another one: these bytes are no protocol here
    public async Task A_header_before_the_first_bytes_is_read_from_a_trusted_proxy_alone(string trusted, string? status)
    {
        Assert.True(TrustedProxies.TryParse(trusted, out var proxies));
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { Proxies = proxies });
        await using var stream = await gateway.ConnectAsync();

        await stream.WriteAsync((byte[])[.. HeaderFor7, .. Wire.Frame(Wire.HelloJson)]);

        var answer = await stream.ReadJsonAsync().OrFail();
        Assert.Equal(status is not null, answer?.Contains("\"ok\"", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Connections_that_a_proxy_passes_on_are_counted_for_their_clients()
    {
        Assert.True(TrustedProxies.TryParse("127.0.0.1", out var proxies));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { Proxies = proxies, MaxConnectionsPerAddress = 1 });
        await using var first = await gateway.ConnectAsync();
        await first.WriteAsync((byte[])[.. HeaderFor7, .. Wire.Frame(Wire.HelloJson)]);
        Assert.NotNull(await first.ReadJsonAsync().OrFail());

        await using var second = await gateway.ConnectAsync();
        await second.WriteAsync((byte[])[.. HeaderFor7, .. Wire.Frame(Wire.HelloJson)]);
        Assert.Null(await second.ReadJsonAsync().OrFail());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await OpenAsync(gateway, "192.0.2.7"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenAsync(gateway, "192.0.2.8"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await OpenAsync(gateway, "192.0.2.8, 192.0.2.7")); // the last is who came
    }

    [Fact]
    public async Task What_others_say_of_their_address_is_not_believed()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { MaxConnectionsPerAddress = 1 });
        using ClientWebSocket first = new(), second = new();
        first.Options.SetRequestHeader("X-Forwarded-For", "192.0.2.7");
        second.Options.SetRequestHeader("X-Forwarded-For", "192.0.2.8");
        var address = new Uri($"ws://127.0.0.1:{gateway.HttpPort}/ws");

        await first.ConnectAsync(address, default);

        await Assert.ThrowsAsync<WebSocketException>(() => second.ConnectAsync(address, default));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.8", true)]
    [InlineData("::ffff:192.0.2.9", false)]
    [InlineData("2001:db8::7", true)]
    [InlineData("2001:db8:1::7", false)]
    public void A_proxy_is_known_in_whichever_way_its_address_is_written(string address, bool isTrusted)
    {
        Assert.True(TrustedProxies.TryParse("192.0.2.7, 192.0.2.8/32, 2001:db8::/48", out var proxies));

        Assert.Equal(isTrusted, proxies.Include(IPAddress.Parse(address)));
    }

    private static async Task<HttpStatusCode> OpenAsync(RunningGateway gateway, string forwardedFor)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-For", forwardedFor);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.HttpPort}/ws"), default);
        }
        catch (WebSocketException) { } // the status tells
        return socket.HttpStatusCode;
    }
}
