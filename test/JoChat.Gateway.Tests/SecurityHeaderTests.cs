using System.Net;

namespace JoChat.Gateway.Tests;

/// <summary>Whatever the HTTP port answers, browsers are told what to refuse.</summary>
public sealed class SecurityHeaderTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["Content-Security-Policy"] =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types service-worker",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
        ["Permissions-Policy"] =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ["Referrer-Policy"] = "no-referrer",
        ["X-Content-Type-Options"] = "nosniff",
    };

    private RunningGateway _gateway = null!; // set before each test

    [Theory]
    [InlineData("GET", "/", null, HttpStatusCode.OK)]
    [InlineData("HEAD", "/style.css", null, HttpStatusCode.OK)]
    [InlineData("GET", "/else", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "/", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/ws", null, HttpStatusCode.UpgradeRequired)]
    [InlineData("GET", "/session", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/session", null, HttpStatusCode.Forbidden)]
    [InlineData("GET", "/", "evil.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Every_answer_has_them(string method, string path, string? host, HttpStatusCode status)
    {
        using var http = _gateway.Browse();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { Host = host } };

        var answer = await http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.All(Expected, header => Assert.Equal(header.Value, Assert.Single(answer.Headers.GetValues(header.Key))));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_answer_that_opens_a_WebSocket_has_them_too()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);

        Assert.All(
            Expected, header => Assert.Equal(header.Value, Assert.Single(client.HttpResponseHeaders![header.Key])));
    }

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();
}
