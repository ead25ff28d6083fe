using System.Net;
using System.Net.WebSockets;

namespace JoChat.Gateway.Tests;

/// <summary>With a certificate the HTTP port speaks TLS.</summary>
public sealed class HttpsTests : IAsyncLifetime, IDisposable
{
    private readonly CertificateFiles _files = new();
    private RunningGateway _gateway = null!; // set before each test

    [Fact]
    public async Task The_page_comes_by_HTTPS_and_tells_the_browser_to_stay_there()
    {
        using var http = _gateway.Browse();

        var answer = await http.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Localhost_is_not_bound_to_HTTPS()
    {
        using var http = _gateway.Browse();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "localhost:1" } };

        var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task A_WebSocket_opens_inside_TLS_for_pages_of_the_same_scheme(string scheme, bool isAllowed)
    {
        using var client = await WebSockets.ConnectAsync(
            _gateway.HttpPort, $"{scheme}://127.0.0.1:{_gateway.HttpPort}", scheme: "wss");

        Assert.Equal(isAllowed, client.State is WebSocketState.Open);
        if (!isAllowed) { return; }
        await client.SendTextAsync(Wire.HelloJson);
        Assert.Contains("\"ok\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_TLS_nothing_is_answered()
    {
        using var http = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new Uri($"http://127.0.0.1:{_gateway.HttpPort}/")));
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_new_certificate_is_served_without_a_restart()
    {
        await using var old = await RawClient.OpenTlsAsync(await _gateway.ConnectAsync(_gateway.HttpPort));
        Assert.Equal("CN=first", old.RemoteCertificate!.Subject);

        _files.MakePem("second");

        Assert.Contains("loaded again", await _gateway.NextLogLineAsync(), StringComparison.Ordinal);
        await using var next = await RawClient.OpenTlsAsync(await _gateway.ConnectAsync(_gateway.HttpPort));
        Assert.Equal("CN=second", next.RemoteCertificate!.Subject);
    }

    public async Task InitializeAsync() =>
        _gateway = await RunningGateway.StartAsync(new GatewayOptions { Tls = _files.MakePem("first") });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    public void Dispose() => _files.Dispose();
}
