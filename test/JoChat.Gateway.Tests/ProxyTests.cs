using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using JoChat.Actors;

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

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(27)]
    public async Task A_header_that_comes_by_halves_is_waited_for(int cut)
    {
        await using var gateway = await StartBehindProxyAsync(new GatewayOptions());
        await using NetworkStream client = await gateway.ConnectAsync(), fence = await gateway.ConnectAsync();

        await client.WriteAsync(HeaderFor7.AsMemory(0, cut));
        await SayHelloAsync(fence); // by now the half has come
        await client.WriteAsync(HeaderFor7.AsMemory(cut));

        await SayHelloAsync(client);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Half_a_header_that_stays_half_ends_the_connection_and_is_no_chat(bool isEnded)
    {
        await using var gateway = await StartBehindProxyAsync(
            new GatewayOptions { HandshakeTimeout = isEnded ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(1) });
        await using var client = await gateway.ConnectAsync();

        await client.WriteAsync(HeaderFor7.AsMemory(0, 20));
        if (isEnded) { client.Socket.Shutdown(SocketShutdown.Send); }

        Assert.Empty(await client.ReadAllAsync());
        await gateway.StopAsync();
        Assert.Empty(gateway.Log); // the chat would have said that it speaks nothing known
    }

    [Fact]
    public async Task A_header_that_comes_byte_by_byte_has_no_more_time_than_another()
    {
        var clock = new TestClock();
        await using var gateway = await StartBehindProxyAsync(
            new GatewayOptions { HandshakeTimeout = TimeSpan.FromMinutes(1) }, clock);
        await using NetworkStream client = await gateway.ConnectAsync(), fence = await gateway.ConnectAsync();

        var end = client.ReadAllAsync();
        var cut = await Record.ExceptionAsync(async () =>
        {
            for (var sent = 0; sent < HeaderFor7.Length - 1 && !end.IsCompleted; sent++)
            {
                await client.WriteAsync(HeaderFor7.AsMemory(sent, 1));
                await SayHelloAsync(fence); // by now the byte has come
                clock.Advance(TimeSpan.FromSeconds(20));
            }
            Assert.Empty(await end);
        });

        Assert.True(cut is null or IOException, cut?.ToString()); // a byte that comes too late may have it cut off
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.Unauthorized)]
    [InlineData("192.0.2.1", HttpStatusCode.TooManyRequests)] // another one
    [InlineData("", HttpStatusCode.TooManyRequests)]
    public async Task Guesses_at_the_page_count_for_the_client_that_a_trusted_proxy_names(
        string trusted, HttpStatusCode ofAnother)
    {
        Assert.True(TrustedProxies.TryParse(trusted, out var proxies));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { Proxies = proxies },
            new ChatOptions { Passwords = new PasswordOptions { AddressGuessesPerMinute = 2 } });

        Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(gateway, "ada", "192.0.2.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(gateway, "bob", "192.0.2.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(gateway, "carol", "192.0.2.7"));
        Assert.Equal(ofAnother, await GuessAsync(gateway, "dave", "192.0.2.8"));
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

    private static Task<RunningGateway> StartBehindProxyAsync(GatewayOptions options, TimeProvider? time = null)
    {
        Assert.True(TrustedProxies.TryParse("127.0.0.1", out var proxies));
        // Without a guest's time, which is of the same clock.
        var chat = new ChatOptions { Sessions = new SessionOptions { GuestTimeout = TimeSpan.Zero } };
        return RunningGateway.StartAsync(options with { Proxies = proxies }, chat, time);
    }

    private static async Task SayHelloAsync(NetworkStream client)
    {
        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> GuessAsync(RunningGateway gateway, string username, string forwardedFor)
    {
        using var browser = gateway.Browse();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session");
        request.Content = JsonContent.Create(new { username, password = "guess" });
        request.Headers.Add("Origin", $"http://127.0.0.1:{gateway.HttpPort}");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await browser.SendAsync(request).OrFail();
        return answer.StatusCode;
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
