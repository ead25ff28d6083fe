using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace JoChat.EndToEnd.Tests;

/// <summary>Which ports the process opens, and what it says when it cannot.</summary>
public sealed class PortsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_line_tells_the_HTTP_address_and_a_WebSocket_opens_there()
    {
        var port = FreePort.Find();
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--http-port", $"{port}");

        Assert.Matches(
            @"^JoChat \d+\.\d+\.\d+\S* listens on 127\.0\.0\.1:\d+; open http://127\.0\.0\.1:" + port +
            " in a browser; messages are kept in chat.db$", gateway.FirstLine);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/ws"), default);
        await client.SendAsync(
            Encoding.UTF8.GetBytes(Wire.Request("hello")), WebSocketMessageType.Text, true, default);
        var answer = new byte[1000];
        var received = await client.ReceiveAsync(answer, default);
        Assert.Contains("\"ok\"", Encoding.UTF8.GetString(answer, 0, received.Count), StringComparison.Ordinal);
        Assert.Equal(string.Empty, gateway.Complaints);
    }

    [Fact]
    public async Task An_HTTP_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, _, errors) = await GatewayProcess.RunAsync(_folder.Path, "--http-port", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"jochat-gateway: cannot listen on 127.0.0.1:{port}: ", errors, StringComparison.Ordinal);
        Assert.EndsWith("; choose another port with --http-port or jochat.http.port", errors.Trim(),
            StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_named_before_a_port_opens()
    {
        await File.WriteAllTextAsync(_folder.File("server.crt"), "no certificate");

        var (exitCode, output, errors) = await GatewayProcess.RunAsync(
            _folder.Path, "--set", "jochat.gateway.tls.certificate=server.crt");

        Assert.Equal((2, string.Empty), (exitCode, output));
        Assert.StartsWith("jochat-gateway: jochat.gateway.tls.certificate: \"server.crt\" cannot be used: ", errors,
            StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(_folder.File("chat.db")));
    }

    [Fact]
    public async Task Others_than_this_machine_are_not_served_without_TLS_unless_that_is_meant_and_each_start_says_so()
    {
        var (exitCode, _, errors) = await GatewayProcess.RunAsync(_folder.Path, "--host", "0.0.0.0");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("jochat-gateway: jochat.gateway.host: 0.0.0.0 needs TLS", errors, StringComparison.Ordinal);

        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--host", "0.0.0.0", "--set", "jochat.gateway.tls.required=off");
        Assert.Equal("Passwords and messages may be sent unencrypted: jochat.gateway.tls.required is off",
            await gateway.NextLineAsync());
    }

    [Fact]
    public async Task Silence_makes_one_line_in_the_log_at_level_debug()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.gateway.handshake-timeout=100ms", "--set", "jochat.log-level=debug");
        using var client = await RawClient.ConnectAsync(gateway.Port);

        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(0, await gateway.StopAsync());

        Assert.Contains(
            "did not show what it speaks", Assert.Single(gateway.Complaints.Split('\n')), StringComparison.Ordinal);
    }
}
