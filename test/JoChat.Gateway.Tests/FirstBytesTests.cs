using System.Text;

namespace JoChat.Gateway.Tests;

/// <summary>The first bytes of a connection tell what it speaks, however they arrive.</summary>
public sealed class FirstBytesTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!; // set before each test

    // A request and its answer in each of the forms that need nothing but a connection.
    public static TheoryData<string, byte[], byte[]> Forms => new()
    {
        {
            "JSON", Wire.Frame("""{"msg_type":"logout","data":{}}"""), Wire.Frame(
                """{"msg_type":"logout","data":{"status":"error","msg":"You are not currently logged in.","""
                + "\"code\":\"not_logged_in\"}}")
        },
        { "binary", Wire.Frame(Wire.BinarySignUp), Wire.Frame(Wire.BinaryInvalidData) },
        { "bare", Wire.BinarySignUp, Wire.BinaryInvalidData },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_is_understood_wherever_its_first_bytes_are_split(
        string form, byte[] request, byte[] answer)
    {
        for (var split = 1; split < request.Length; split++)
        {
            await using var client = await _gateway.ConnectAsync();
            await client.WriteAsync(request.AsMemory(0, split));
            await client.WriteAsync(request.AsMemory(split));

            var answered = await client.ReadBytesAsync(answer.Length);
            Assert.True(answer.AsSpan().SequenceEqual(answered), $"{form} split at {split}");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_is_understood_byte_by_byte_again_and_again(string form, byte[] request, byte[] answer)
    {
        await using var client = await _gateway.ConnectAsync();

        for (var round = 0; round < 3; round++)
        {
            foreach (var value in request) { await client.WriteAsync(new[] { value }); }
            var answered = await client.ReadBytesAsync(answer.Length);
            Assert.True(answer.AsSpan().SequenceEqual(answered), $"{form}, round {round}");
        }
    }

    [Fact]
    public async Task A_bare_client_that_loses_its_place_gets_its_answers_then_one_error_and_a_close()
    {
        await using var client = await _gateway.ConnectAsync();

        await client.WriteAsync((byte[])[.. Wire.BinarySignUp, 0x63, 0]);

        byte[] expected = [.. Wire.BinaryInvalidData, .. Wire.BinaryFailure("Unknown op 99.")];
        Assert.Equal(expected, await client.ReadAllAsync());
    }

    [Fact]
    public async Task A_connection_speaks_what_its_first_frame_spoke()
    {
        await using var client = await _gateway.ConnectAsync();
        await client.WriteAsync(Wire.Frame(Wire.BinarySignUp));
        await client.ReadFrameAsync();

        await client.WriteAsync(Wire.Frame(Wire.HelloJson));

        var refused = await client.ReadFrameAsync();
        Assert.Equal(0xFF, refused![0]);
        await client.WriteAsync(Wire.Frame(Wire.BinarySignUp));
        Assert.Equal(Wire.BinaryInvalidData, await client.ReadFrameAsync());
    }

    [Fact]
    public async Task An_empty_first_frame_is_unreadable_JSON()
    {
        await using var client = await _gateway.ConnectAsync();

        await client.WriteAsync(Wire.Frame(""));

        Assert.Contains("malformed_request", await client.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_frame_that_is_too_long_is_refused_and_the_connection_closed()
    {
        await using var client = await _gateway.ConnectAsync();

        await client.WriteAsync(new byte[] { 0, 0x10, 0, 1, (byte)'{' }); // one byte over a mebibyte

        Assert.Contains("frame_too_long", await client.ReadJsonAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReadFrameAsync());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task Http_gets_a_plain_answer_that_says_what_this_port_is(string request)
    {
        await using var client = await _gateway.ConnectAsync();

        foreach (var value in Encoding.ASCII.GetBytes(request)) { await client.WriteAsync(new[] { value }); }

        var answer = Encoding.ASCII.GetString(await client.ReadAllAsync());
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("This is the chat port of a JoChat server.", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "HTTP is on port 5580.")]
    [InlineData(true, "HTTPS is on port 5580.")]
    public void It_says_where_the_web_client_is(bool hasCertificate, string where)
    {
        var options = new GatewayOptions
        {
            Http = new HttpOptions(),
            Tls = hasCertificate ? new TlsOptions("server.pem", null, null) : null,
        };

        Assert.Contains(where, Encoding.ASCII.GetString(PlainHttpAnswer.Write(options)), StringComparison.Ordinal);
    }

    [Theory, Trait("Speed", "Slow")]
    [InlineData(0x0C)]
    [InlineData(0x15)]
    [InlineData(0x17)]
    [InlineData((int)'{')]
    [InlineData((int)'s')]
    [InlineData(0xFF)]
    public async Task Any_other_first_byte_is_closed_without_an_answer_and_with_one_debug_line(int first)
    {
        await using var client = await _gateway.ConnectAsync();

        await client.WriteAsync(new[] { (byte)first });

        Assert.Empty(await client.ReadAllAsync());
        await _gateway.StopAsync();
        Assert.EndsWith("closed: it begins with bytes of no known protocol", Assert.Single(_gateway.Log),
            StringComparison.Ordinal);
        Assert.StartsWith("Debug ", Assert.Single(_gateway.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_login_that_is_under_way_a_request_may_be_longer_than_that_of_a_guest()
    {
        await using var client = await _gateway.ConnectAsync();
        var credentials = new { username = "ada", password = "secret" };
        var content = new string('x', 2 * GatewayOptions.MaxGuestFrameBytes);

        await client.WriteAsync((byte[])
        [
            .. Wire.Frame(Wire.Request("signup", credentials)), .. Wire.Frame(Wire.Request("login", credentials)),
            .. Wire.Frame(Wire.Request("send_message", new { sender = "ada", recipient = "ada", content })),
        ]);

        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("\"ok\"", await client.ReadJsonAsync().OrFail(), StringComparison.Ordinal);
        }
    }

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();
}
