using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace JoChat.Gateway.Tests;

/// <summary>WebSocket at <c>/ws</c>: the same chat, one message a body.</summary>
public sealed class WebSocketTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!; // set before each test

    [Fact]
    public async Task One_text_message_is_one_request_and_one_answer_however_it_is_cut()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);

        await client.SendTextAsync(Wire.HelloJson);
        Assert.StartsWith("""{"msg_type":"hello",""", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        foreach (var letter in Wire.HelloJson) { await client.SendTextAsync($"{letter}", isWhole: false); }
        await client.SendTextAsync("");
        Assert.Contains("\"ok\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        await client.SendTextAsync("");
        Assert.Contains("malformed_request", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_binary_message_is_one_binary_body()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);

        for (var round = 0; round < 3; round++)
        {
            await client.SendAsync(Wire.BinarySignUp, WebSocketMessageType.Binary, endOfMessage: true, default);
            var (kind, body) = await client.ReceiveMessageAsync();

            Assert.Equal(WebSocketMessageType.Binary, kind);
            Assert.Equal(Wire.BinaryInvalidData, body);
        }
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);

        for (var id = 0; id < 500; id++)
        {
            await client.SendTextAsync($$"""{"msg_type":"hello","data":{},"id":{{id}}}""");
        }

        for (var id = 0; id < 500; id++)
        {
            Assert.Equal(id, (int)JsonNode.Parse((await client.ReceiveTextAsync())!)!["id"]!);
        }
    }

    [Fact]
    public async Task A_message_sent_on_a_WebSocket_arrives_on_a_TCP_connection_and_back()
    {
        using var ada = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await using var bob = await _gateway.ConnectAsync();
        await EnterAsync("ada", request => ada.SendTextAsync(request), ada.ReceiveTextAsync);
        await EnterAsync(
            "bob", request => bob.WriteAsync(Wire.Frame(request)), async () => await bob.ReadJsonAsync());

        await ada.SendTextAsync(Text("ada", "bob", "to TCP"));
        Assert.Contains("\"ok\"", await ada.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Contains("to TCP", await bob.ReadJsonAsync(), StringComparison.Ordinal);
        await bob.WriteAsync(Wire.Frame(Text("bob", "ada", "to WebSocket")));
        Assert.Contains("to WebSocket", await ada.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task A_reader_that_stalls_gets_everything_once_and_in_order_when_it_reads_again()
    {
        const int Count = 1000;
        using var ada = await WebSockets.ConnectAsync(_gateway.HttpPort);
        using var bob = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await EnterAsync("ada", request => ada.SendTextAsync(request), ada.ReceiveTextAsync);
        await EnterAsync("bob", request => bob.SendTextAsync(request), bob.ReceiveTextAsync);
        var filler = new string('x', 12_000); // 12 MB in all: more than sockets and buffers hold

        for (var i = 0; i < Count; i++)
        {
            await ada.SendTextAsync(Text("ada", "bob", $"{i} {filler}"));
            Assert.Contains("\"ok\"", await ada.ReceiveTextAsync(), StringComparison.Ordinal);
        }

        for (var i = 0; i < Count; i++)
        {
            var arrived = JsonNode.Parse((await bob.ReceiveTextAsync())!)!["data"]!;
            Assert.StartsWith($"{i} x", (string?)arrived["content"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_too_long_gets_one_error_and_a_close_that_says_so()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);

        await client.SendTextAsync(new string(' ', (1024 * 1024) + 1));

        Assert.Contains("frame_too_long", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    [Fact]
    public async Task A_message_at_the_limit_passes_and_one_without_end_is_refused_while_it_still_comes()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await EnterAsync("ada", request => client.SendTextAsync(request), client.ReceiveTextAsync);

        await client.SendTextAsync(Wire.HelloJson.PadRight(1024 * 1024));
        Assert.Contains("\"ok\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 17; i++) { await client.SendTextAsync(new string(' ', 64 * 1024), isWhole: false); }

        Assert.Contains("frame_too_long", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_guest_has_little_to_say_and_what_follows_a_login_may_be_long_at_once()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await client.SendTextAsync(Wire.Request("signup", new { username = "ada", password = "pw" }));
        Assert.Contains("\"ok\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);

        await client.SendTextAsync(Wire.HelloJson.PadRight(8 * 1024));
        await client.SendTextAsync(LogIn("ada"));
        await client.SendTextAsync(Wire.HelloJson.PadRight(1024 * 1024));
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("\"ok\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        }

        using var guest = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await guest.SendTextAsync(Wire.HelloJson.PadRight(8 * 1024 + 1));
        Assert.Contains("the limit is 8,192 bytes", await guest.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Null(await guest.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_client_that_closes_gets_its_answers_and_its_account_is_free()
    {
        using var ada = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await EnterAsync("ada", request => ada.SendTextAsync(request), ada.ReceiveTextAsync);

        await ada.SendTextAsync(Text("ada", "ada", "last words"));
        await ada.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        string[] both = [(await ada.ReceiveTextAsync())!, (await ada.ReceiveTextAsync())!];
        Assert.Contains(both, message => message.Contains("\"ok\"", StringComparison.Ordinal));
        Assert.Contains(both, message => message.Contains("last words", StringComparison.Ordinal));
        Assert.Null(await ada.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, ada.CloseStatus);
        await using var again = await _gateway.ConnectAsync();
        await again.WriteAsync(Wire.Frame(LogIn("ada")));
        Assert.Contains("\"ok\"", await again.ReadJsonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_closes_WebSockets_and_says_so()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await client.SendTextAsync(Wire.HelloJson);
        await client.ReceiveTextAsync();

        var stopping = _gateway.StopAsync();

        Assert.Contains("server_stopping", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReceiveTextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await stopping;
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://127.0.0.1:{port}", true)]
    [InlineData("https://chat.example.org", true)]
    [InlineData("HTTPS://Chat.Example.Org", true)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("https://127.0.0.1:{port}", false)]
    [InlineData("http://localhost:{port}", false)]
    [InlineData("http://chat.example.org", false)]
    [InlineData("https://chat.example.org.evil.net", false)]
    [InlineData("null", false)]
    public async Task A_page_from_elsewhere_is_refused_unless_the_settings_allow_it(string? origin, bool isAllowed)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions
        {
            Http = new HttpOptions { AllowedOrigins = "https://chat.example.org" },
        });

        using var client = await WebSockets.ConnectAsync(
            gateway.HttpPort, origin?.Replace("{port}", $"{gateway.HttpPort}", StringComparison.Ordinal));

        Assert.Equal(
            isAllowed ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, client.HttpStatusCode);
    }

    [Fact]
    public async Task A_request_that_is_no_WebSocket_gets_a_short_plain_text()
    {
        using var http = _gateway.Browse();

        var answer = await http.GetAsync("/ws");

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("WebSocket", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_of_connections_is_for_both_ports_together()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { MaxConnections = 2 });
        using var first = await WebSockets.ConnectAsync(gateway.HttpPort);
        await first.SendTextAsync(Wire.HelloJson);
        await first.ReceiveTextAsync();
        var second = await gateway.ConnectAsync();
        await second.WriteAsync(Wire.Frame(Wire.HelloJson));
        await second.ReadJsonAsync();

        using var third = await WebSockets.ConnectAsync(gateway.HttpPort);
        await using var fourth = await gateway.ConnectAsync();

        Assert.NotEqual(WebSocketState.Open, third.State);
        Assert.Empty(await fourth.ReadAllAsync());
        first.Abort();
        Assert.Contains("\"ok\"", await ConnectAgainAsync(gateway), StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    // The server learns of an abort in its own time.
    private static async Task<string> ConnectAgainAsync(RunningGateway gateway)
    {
        while (true)
        {
            try
            {
                await using var client = await gateway.ConnectAsync();
                await client.WriteAsync(Wire.Frame(Wire.HelloJson));
                if (await client.ReadJsonAsync() is { } answer) { return answer; }
            }
            catch (IOException) { } // closed while it was written to
        }
    }

    private static async Task EnterAsync(string name, Func<string, ValueTask> tell, Func<Task<string?>> hear)
    {
        await tell("""{"msg_type":"hello","data":{"features":["push"]}}""");
        await tell(Wire.Request("signup", new { username = name, password = "pw" }));
        await tell(LogIn(name));
        for (var i = 0; i < 3; i++) { Assert.Contains("\"ok\"", await hear(), StringComparison.Ordinal); }
        Assert.Contains("queue_empty", await hear(), StringComparison.Ordinal);
    }

    private static string LogIn(string name) => Wire.Request("login", new { username = name, password = "pw" });

    private static string Text(string sender, string recipient, string content) =>
        Wire.Request("send_message", new { sender, recipient, content });
}
