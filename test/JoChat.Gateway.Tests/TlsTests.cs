using System.Text;

namespace JoChat.Gateway.Tests;

/// <summary>TLS on the same port: inside, the first bytes tell again.</summary>
[Trait("Speed", "Slow")]
public sealed class TlsTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task What_is_spoken_without_TLS_is_spoken_inside_it_too_on_the_same_port()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var plain = await gateway.ConnectAsync();
        await using var secret = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());

        foreach (var client in (Stream[])[plain, secret])
        {
            await client.WriteAsync(Wire.Frame(Wire.HelloJson));
            Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_TLS_is_required_nothing_else_is_served_and_its_clients_are_told_so()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { Tls = _files.MakePem("first"), RequiresTls = true });
        await using var json = await gateway.ConnectAsync();
        await using var bare = await gateway.ConnectAsync();
        await using var secret = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());

        await json.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"This server speaks only TLS (jochat.gateway.tls.required).\"", await json.ReadJsonAsync(),
            StringComparison.Ordinal);
        Assert.Empty(await json.ReadAllAsync());
        await bare.WriteAsync(Wire.BinarySignUp);
        Assert.Equal(
            Wire.BinaryFailure("This server speaks only TLS (jochat.gateway.tls.required)."), await bare.ReadAllAsync());

        await secret.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"ok\"", await secret.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_inside_TLS_may_arrive_byte_by_byte()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());

        foreach (var value in Wire.Frame(Wire.HelloJson)) { await client.WriteAsync(new[] { value }); }

        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_requests_and_answers_pass()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());
        var id = new string('7', 100);
        var request = $$"""{"msg_type":"hello","data":{"client":"{{new string('x', 900_000)}}"},"id":{{id}}}""";

        // What follows a login may be long at once; a guest has little to say.
        await client.WriteAsync((byte[])
        [
            .. Wire.Frame(Wire.Request("signup", new { username = "ada", password = "pw" })),
            .. Wire.Frame(Wire.Request("login", new { username = "ada", password = "pw" })), .. Wire.Frame(request),
        ]);

        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
        Assert.Contains(id, await client.ReadJsonAsync(), StringComparison.Ordinal);
        await using var guest = await gateway.ConnectAsync();
        await guest.WriteAsync(Wire.Frame(request));
        Assert.Contains("the limit is 8,192 bytes", await guest.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_too_long_is_answered_inside_TLS_and_the_end_is_told()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());

        await client.WriteAsync(new byte[] { 0, 0xFF, 0xFF, 0xFF, (byte)'{' });

        Assert.Contains("frame_too_long", await client.ReadJsonAsync(), StringComparison.Ordinal);
        Assert.Empty(await client.ReadAllAsync());
    }

    [Fact]
    public async Task Http_inside_TLS_gets_the_plain_answer()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());

        await client.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        Assert.Contains("chat port", Encoding.ASCII.GetString(await client.ReadAllAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_inside_TLS_is_closed()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());

        await client.WriteAsync(new byte[] { 0x16 });

        Assert.Empty(await client.ReadAllAsync());
        await gateway.StopAsync();
        Assert.EndsWith("no known protocol", Assert.Single(gateway.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_fails_is_closed_with_one_debug_line()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await gateway.ConnectAsync();

        await client.WriteAsync("\u0016\u0003\u0001\u0000\u0005nonsense"u8.ToArray());

        await client.ReadAllAsync(); // perhaps an alert
        await gateway.StopAsync();
        Assert.Matches("^Debug .* closed: its TLS handshake failed$", Assert.Single(gateway.Log));
    }

    [Theory]
    [InlineData(new byte[] { 0x17, 3, 3, 0, 4, 1, 2, 3, 4 })] // data that no key locked
    [InlineData(new byte[] { 0x16, 3, 3, 0, 4, 0, 0, 0, 0 })] // another handshake
    [InlineData(new byte[] { 0x15, 3, 3, 0, 2, 2, 40 })] // an alert
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public async Task A_client_that_breaks_the_rules_of_TLS_is_closed_and_the_log_stays_silent(byte[] record)
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var plain = await gateway.ConnectAsync();
        await using var client = await RawClient.OpenTlsAsync(plain);
        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        await client.ReadJsonAsync();

        await plain.WriteAsync(record);

        await plain.ReadAllAsync();
        await gateway.StopAsync();
        Assert.Empty(gateway.Log);
    }

    [Fact]
    public async Task A_stop_ends_connections_inside_TLS_in_order()
    {
        var gateway = await StartAsync(_files.MakePem("first"));
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());
        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        await client.ReadJsonAsync();

        await gateway.DisposeAsync();

        Assert.Contains("server_stopping", await client.ReadJsonAsync(), StringComparison.Ordinal);
        Assert.Empty(await client.ReadAllAsync());
    }

    [Fact]
    public async Task A_new_certificate_is_served_without_a_restart_and_open_connections_stay()
    {
        await using var gateway = await StartAsync(_files.MakePem("first"));
        await using var old = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());
        Assert.Equal("CN=first", old.RemoteCertificate!.Subject);

        _files.MakePem("second");

        Assert.Contains("loaded again", await gateway.NextLogLineAsync(), StringComparison.Ordinal);
        await using var next = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());
        Assert.Equal("CN=second", next.RemoteCertificate!.Subject);
        await old.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"ok\"", await old.ReadJsonAsync(), StringComparison.Ordinal);
    }

    private static Task<RunningGateway> StartAsync(TlsOptions tls) =>
        RunningGateway.StartAsync(new GatewayOptions { Tls = tls });
}
