using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace JoChat.Gateway.Tests;

/// <summary>Who sees what the server tells of itself.</summary>
public sealed class TelemetryEndpointTests
{
    private static readonly TelemetrySettings Everyone =
        new() { Health = TelemetryAccess.Everyone, Metrics = TelemetryAccess.Everyone };

    public static TheoryData<string, string> PathsAndProxyHeaders
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var path in (string[])["/healthz", "/readyz", "/metrics"])
            {
                data.Add(path, "X-Forwarded-For: 127.0.0.1");
                data.Add(path, "Forwarded: for=127.0.0.1");
                data.Add(path, "Via: 1.1 proxy");
                data.Add(path, "X-Real-IP: 127.0.0.1");
            }
            return data;
        }
    }

    [Theory]
    [InlineData("/healthz", "ok\n")]
    [InlineData("/readyz", "ready\n")]
    [InlineData("/metrics", null)]
    public async Task Who_is_on_the_same_machine_sees_them_and_their_answers_are_as_safe_as_others(string path, string? body)
    {
        await using var gateway = await RunningGateway.StartAsync(telemetry: new TelemetrySettings());
        using var http = gateway.Browse();

        using var answer = await http.GetAsync(path).OrFail();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (body is not null) { Assert.Equal(body, await answer.Content.ReadAsStringAsync()); }
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [MemberData(nameof(PathsAndProxyHeaders))]
    public async Task What_a_proxy_passes_on_is_not_of_the_same_machine_whoever_it_names(string path, string header)
    {
        Assert.True(TrustedProxies.TryParse("127.0.0.1", out var trusted));
        foreach (var proxies in (TrustedProxies[])[TrustedProxies.None, trusted])
        {
            await using var gateway = await RunningGateway.StartAsync(
                new GatewayOptions { Proxies = proxies }, telemetry: new TelemetrySettings());

            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(gateway, HttpMethod.Get, path, header));
        }
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Everyone_may_see_them_if_the_settings_say_so_but_by_no_other_name_and_no_other_method(string path)
    {
        await using var gateway = await RunningGateway.StartAsync(telemetry: Everyone);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, HttpMethod.Get, path, "X-Forwarded-For: 192.0.2.7"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskAsync(gateway, HttpMethod.Get, path, "Host: evil.example"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await AskAsync(gateway, HttpMethod.Post, path, "Accept: */*"));
    }

    [Fact]
    public async Task What_is_off_is_not_there_and_the_other_is()
    {
        await using var health = await RunningGateway.StartAsync(
            telemetry: new TelemetrySettings { Metrics = TelemetryAccess.Off });
        await using var metrics = await RunningGateway.StartAsync(
            telemetry: new TelemetrySettings { Health = TelemetryAccess.Off });

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (await AskAsync(health, "/healthz"), await AskAsync(health, "/readyz"), await AskAsync(health, "/metrics")));
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK),
            (await AskAsync(metrics, "/healthz"), await AskAsync(metrics, "/readyz"), await AskAsync(metrics, "/metrics")));
    }

    [Fact]
    public async Task On_another_server_at_a_socket_in_the_file_system_they_say_in_a_line_why_it_is_not_ready()
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(folder.File("admin")));
        await using var app = builder.Build();
        var ready = new ReadyCheck(() => Task.FromResult<string?>("no writer is found"), TimeProvider.System, default);
        new TelemetryEndpoints(ready, meters: null).Map(app, TelemetryAccess.Loopback, TelemetryAccess.Loopback);
        await app.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder.File("admin")), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        using var answer = await http.GetAsync("http://localhost/readyz").OrFail();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("not ready: no writer is found\n", await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpStatusCode> AskAsync(RunningGateway gateway, string path) =>
        AskAsync(gateway, HttpMethod.Get, path, "Accept: */*");

    private static async Task<HttpStatusCode> AskAsync(
        RunningGateway gateway, HttpMethod method, string path, string header)
    {
        using var http = gateway.Browse();
        using var request = new HttpRequestMessage(method, path);
        var parts = header.Split(": ", 2);
        request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        using var answer = await http.SendAsync(request).OrFail();
        return answer.StatusCode;
    }
}
