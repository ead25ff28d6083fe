using System.Net.Security;

namespace JoChat.Gateway.Tests;

/// <summary>A connection that does not show what it speaks is closed, with one debug line.</summary>
[Trait("Speed", "Slow")]
public sealed class HandshakeTimeoutTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!; // set before each test

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 5 })]
    [InlineData(new byte[] { 0x16 })]
    public async Task A_connection_that_says_too_little_is_closed_with_one_debug_line(byte[] said)
    {
        await using var client = await _gateway.ConnectAsync();

        await client.WriteAsync(said);

        Assert.Empty(await client.ReadAllAsync());
        await AssertOneDebugLineAsync(_gateway);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Half_a_request_that_stops_coming_ends_the_connection(bool isWebSocket)
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { RequestTimeout = TimeSpan.FromSeconds(1) });
        if (isWebSocket)
        {
            using var socket = await WebSockets.ConnectAsync(gateway.HttpPort);
            await socket.SendTextAsync(Wire.HelloJson);
            Assert.Contains("\"ok\"", await socket.ReceiveTextAsync(), StringComparison.Ordinal);
            await socket.SendTextAsync(Wire.HelloJson[..^5], isWhole: false);
            Assert.Null(await socket.ReceiveTextAsync().OrFail());
            return;
        }
        await using var client = await gateway.ConnectAsync();
        await client.WriteAsync((byte[])[.. Wire.Frame(Wire.HelloJson), .. Wire.Frame(Wire.HelloJson)[..^5]]);
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
        Assert.Empty(await client.ReadAllAsync().OrFail());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_that_does_not_log_in_is_closed_whatever_it_asks(bool isWebSocket)
    {
        var clock = new TestClock();
        await using var gateway = await RunningGateway.StartAsync(time: clock);
        if (isWebSocket)
        {
            using var socket = await WebSockets.ConnectAsync(gateway.HttpPort);
            await AskOnAsync(() => socket.SendTextAsync(Wire.PingJson), async () => await socket.ReceiveTextAsync());
            Assert.Null(await socket.ReceiveTextAsync().OrFail());
            return;
        }
        await using var client = await gateway.ConnectAsync();
        await AskOnAsync(() => client.WriteAsync(Wire.Frame(Wire.PingJson)), async () => await client.ReadJsonAsync());
        Assert.Empty(await client.ReadAllAsync().OrFail());

        async Task AskOnAsync(Func<ValueTask> ask, Func<Task<string?>> read)
        {
            for (var i = 0; i < 2; i++)
            {
                await ask();
                Assert.NotNull(await read());
                clock.Advance(TimeSpan.FromSeconds(40));
            }
        }
    }

    // As a guest it would end with a guest's time, if nothing else ended it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_does_half_a_request_of_a_client_that_is_logged_in(bool isWebSocket)
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { RequestTimeout = TimeSpan.FromSeconds(1) });
        using (var other = await RawClient.ConnectAsync(gateway.Port)) { await other.SignUpAsync("ada"); }
        var login = Wire.Request("login", new { username = "ada", password = "pw-ada" });
        if (isWebSocket)
        {
            using var socket = await WebSockets.ConnectAsync(gateway.HttpPort);
            await socket.SendTextAsync(login);
            Assert.Contains("\"ok\"", await socket.ReceiveTextAsync(), StringComparison.Ordinal);
            await socket.SendTextAsync(Wire.PingJson[..^5], isWhole: false);
            Assert.Null(await socket.ReceiveTextAsync());
            return;
        }
        await using var client = await gateway.ConnectAsync();
        await client.WriteAsync(Wire.Frame(login));
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
        await client.WriteAsync(Wire.Frame(Wire.PingJson).AsMemory(0, 5));
        Assert.Empty(await client.ReadAllAsync());
    }

    [Fact]
    public async Task A_TLS_hello_without_a_certificate_is_closed_with_one_debug_line()
    {
        await using var client = await _gateway.ConnectAsync();
        await using var tls = new SslStream(client);

        await Assert.ThrowsAsync<IOException>(() => tls.AuthenticateAsClientAsync("localhost"));

        await AssertOneDebugLineAsync(_gateway);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_TLS_handshake_that_stalls_and_silence_after_it_are_closed_with_one_debug_line(bool isDone)
    {
        using var files = new CertificateFiles();
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions
        {
            HandshakeTimeout = TimeSpan.FromSeconds(2), // for the handshake on a loaded machine
            Tls = files.MakePem("first"),
        });
        await using var client = await gateway.ConnectAsync();

        if (isDone) { await RawClient.OpenTlsAsync(client); }
        else { await client.WriteAsync(new byte[] { 0x16, 3, 1 }); }
        try
        {
            await client.ReadAllAsync();
        }
        catch (IOException) { } // cut rather than closed

        await AssertOneDebugLineAsync(gateway);
    }

    [Fact]
    public async Task A_WebSocket_that_says_nothing_is_closed_with_one_debug_line()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);

        Assert.Null(await client.ReceiveTextAsync());

        await _gateway.StopAsync();
        Assert.Matches("^Debug WebSocket .* closed: it said nothing within ", Assert.Single(_gateway.Log));
    }

    [Fact]
    public async Task A_client_that_ends_by_itself_is_not_worth_a_line()
    {
        var client = await _gateway.ConnectAsync();
        await client.WriteAsync(new byte[] { 0 });
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        Assert.Empty(await client.ReadAllAsync());

        await _gateway.StopAsync();
        Assert.Empty(_gateway.Log);
    }

    [Fact]
    public async Task One_that_has_shown_what_it_speaks_may_be_silent_afterwards()
    {
        await using var client = await _gateway.ConnectAsync();
        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        await client.ReadJsonAsync();

        await using var silent = await _gateway.ConnectAsync();
        Assert.Empty(await silent.ReadAllAsync()); // by now the other one's time would be over too

        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_request_may_take_longer_than_that_once_it_has_begun()
    {
        await using var client = await _gateway.ConnectAsync();
        var request = Wire.Frame(Wire.HelloJson);
        await client.WriteAsync(request.AsMemory(0, 5));

        await using var silent = await _gateway.ConnectAsync();
        Assert.Empty(await silent.ReadAllAsync()); // by now the other one's time would be over too

        await client.WriteAsync(request.AsMemory(5));
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_holds_inside_TLS()
    {
        using var files = new CertificateFiles();
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions
        {
            HandshakeTimeout = TimeSpan.FromSeconds(2), // for the TLS handshake on a loaded machine
            Tls = files.MakePem("first"),
        });
        await using var client = await RawClient.OpenTlsAsync(await gateway.ConnectAsync());
        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        await client.ReadJsonAsync();

        await using var silent = await gateway.ConnectAsync();
        Assert.Empty(await silent.ReadAllAsync());

        await client.WriteAsync(Wire.Frame(Wire.HelloJson));
        Assert.Contains("\"ok\"", await client.ReadJsonAsync(), StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(
        new GatewayOptions { HandshakeTimeout = TimeSpan.FromSeconds(1) }); // enough for a loaded machine to read hello

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    // After a stop, so that every line is there.
    private static async Task AssertOneDebugLineAsync(RunningGateway gateway)
    {
        await gateway.StopAsync();
        Assert.Matches("^Debug Connection .* from .* closed: it did not show what it speaks within 00:00:0",
            Assert.Single(gateway.Log));
    }
}
