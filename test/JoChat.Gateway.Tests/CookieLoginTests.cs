using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using JoChat.Protocol;

namespace JoChat.Gateway.Tests;

/// <summary>A browser logs in at <c>/session</c> and stays logged in by a cookie, whose token no script can read.
/// </summary>
public sealed class CookieLoginTests : IAsyncLifetime
{
    private const string Credentials = """{"username":"ada","password":"pw"}""";
    private const string Resume = """{"msg_type":"resume","data":{}}""";

    private RunningGateway _gateway = null!; // set before each test, as is the next
    private HttpClient _http = null!;

    private string Own => $"{_gateway.Scheme}://127.0.0.1:{_gateway.HttpPort}";

    [Fact]
    public async Task A_login_gives_a_cookie_that_scripts_and_other_sites_never_get()
    {
        var answer = await PostAsync(Credentials);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches(
            $"^jochat-{_gateway.HttpPort}=[A-Za-z0-9_-]{{43}}; max-age=2592000; path=/; samesite=strict; httponly$", SetCookie(answer));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("7FFFFFFFFFFFFFFF\r\n")]
    [InlineData("x\r\n")]
    public async Task A_body_in_chunks_that_cannot_be_read_is_refused_and_leaves_no_line_in_the_log(string chunk)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _gateway.HttpPort);
        var request = $"POST /session HTTP/1.1\r\nHost: 127.0.0.1:{_gateway.HttpPort}\r\nOrigin: {Own}\r\n"
            + $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));

        using var answer = new StreamReader(client.GetStream());

        Assert.StartsWith("HTTP/1.1 400 ", await answer.ReadLineAsync().OrFail(), StringComparison.Ordinal);
        Assert.DoesNotContain(_gateway.Log, line => line.Contains("xception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_is_not_in_the_answer()
    {
        var answer = await PostAsync(Credentials);

        Assert.Equal("""{"status":"ok","username":"ada"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData(Resume)]
    [InlineData("""{"msg_type":"resume","data":{"token":null}}""")]
    [InlineData("""{"msg_type":"resume","data":{"token":""}}""")]
    public async Task A_WebSocket_resumes_with_the_cookie_and_never_tells_the_token(string resume)
    {
        var cookie = await LogInAsync();
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, "other=1; " + cookie);

        await client.SendTextAsync(resume);

        const string Resumed = """{"status":"ok","msg":"Session resumed.","username":"ada","unread_count":0}""";
        Assert.Equal($$"""{"msg_type":"resume","data":{{Resumed}}}""", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_WebSocket_brings_the_cookie_for_the_next_one_and_the_one_before_is_good_until_then()
    {
        var first = await LogInAsync();
        using var lost = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, first);
        using var again = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, first);
        var second = CookieOf(again);
        Assert.Contains("\"ok\"", await ResumeAsync(again), StringComparison.Ordinal);

        using var next = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, second);

        Assert.Contains("\"ok\"", await ResumeAsync(next), StringComparison.Ordinal);
        Assert.Equal(4, new[] { first, CookieOf(lost), second, CookieOf(next) }.Distinct().Count());
        Assert.Matches(
            $"^jochat-{_gateway.HttpPort}=[A-Za-z0-9_-]{{43}}; max-age=2592000; path=/; samesite=strict; httponly$",
            next.HttpResponseHeaders!["Set-Cookie"].Single());
    }

    [Fact]
    public async Task A_cookie_that_was_replaced_ends_the_login_with_its_WebSocket()
    {
        var stolen = await LogInAsync();
        using var mine = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, stolen);
        using var next = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, CookieOf(mine));
        await next.SendTextAsync(Wire.Request("hello"));
        await next.ReceiveTextAsync();
        await ResumeAsync(next);

        using var thief = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, stolen);

        Assert.Contains("invalid_token", await ResumeAsync(thief), StringComparison.Ordinal);
        Assert.Contains("revoked", await next.ReceiveTextAsync(), StringComparison.Ordinal);
        using var last = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, CookieOf(next));
        Assert.Contains("invalid_token", await ResumeAsync(last), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_asks_for_rotation_is_told_no_token_of_the_cookie()
    {
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, await LogInAsync());
        await client.SendTextAsync("""{"msg_type":"hello","data":{"features":["rotate"]}}""");
        Assert.Contains("rotate", await client.ReceiveTextAsync(), StringComparison.Ordinal);

        Assert.DoesNotContain("resume_token", await ResumeAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_does_a_binary_one()
    {
        var cookie = await LogInAsync();
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, cookie);

        await client.SendAsync(new byte[] { 17, 0, 0, 0 }, WebSocketMessageType.Binary, endOfMessage: true, default);

        byte[] ada = [17, 1, 1, 0, 3, (byte)'a', (byte)'d', (byte)'a', 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(ada, (await client.ReceiveMessageAsync()).Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("jochat-{port}=")]
    [InlineData("jochat-{port}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("__Host-{cookie}")]
    [InlineData("other={cookie}")]
    [InlineData("jochat-1={token}")]
    public async Task Without_the_cookie_nothing_resumes(string? sent)
    {
        var cookie = await LogInAsync();
        sent = sent?.Replace("{port}", $"{_gateway.HttpPort}", StringComparison.Ordinal)
            .Replace("{cookie}", cookie, StringComparison.Ordinal)
            .Replace("{token}", cookie.Split('=')[1], StringComparison.Ordinal);
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, sent);

        await client.SendTextAsync(Resume);

        Assert.Contains("invalid_token", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_request_outranks_the_cookie()
    {
        var cookie = await LogInAsync();
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, cookie);

        await client.SendTextAsync("""{"msg_type":"resume","data":{"token":"another"}}""");

        Assert.Contains("invalid_token", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logout_over_the_WebSocket_makes_the_cookie_worthless()
    {
        var cookie = await LogInAsync();
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Own, cookie);
        await client.SendTextAsync(Resume);
        await client.ReceiveTextAsync();

        await client.SendTextAsync(Wire.Request("logout"));
        await client.SendTextAsync(Resume);

        Assert.Contains("\"ok\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
        Assert.Contains("invalid_token", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_login_leaves_the_account_free()
    {
        await LogInAsync();

        using var other = await RawClient.ConnectAsync(_gateway.Port);

        var answer = await other.AskAsync("login", new { username = "ada", password = "pw" });
        Assert.Equal("ok", (string?)answer["status"]);
    }

    [Fact]
    public async Task An_account_that_is_in_use_is_taken_over_only_on_request()
    {
        using var other = await RawClient.ConnectAsync(_gateway.Port);
        await other.AskAsync(Wire.HelloJson);
        await other.AskAsync("login", new { username = "ada", password = "pw" });

        using var third = await RawClient.ConnectAsync(_gateway.Port);
        var refusedThere = await third.AskAsync("login", new { username = "ada", password = "pw" });
        var refused = await PostAsync(Credentials);
        var taken = await PostAsync("""{"username":"ada","password":"pw","takeover":true}""");

        await AssertRefusedAsync(
            refused, HttpStatusCode.Conflict, "already_logged_in", "This user is already logged in.");
        Assert.Equal(
            (long?)refusedThere["since"], (long?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["since"]);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Contains("taken_over", await other.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"username":"ada","password":"wrong"}""", HttpStatusCode.Unauthorized, "bad_credentials")]
    [InlineData("""{"username":"nobody","password":"pw"}""", HttpStatusCode.Unauthorized, "bad_credentials")]
    [InlineData("""{"username":"ada"}""", HttpStatusCode.BadRequest, "invalid_data")]
    [InlineData("""{"username":"","password":"pw","takeover":null}""", HttpStatusCode.BadRequest, "invalid_data")]
    [InlineData("{}", HttpStatusCode.BadRequest, "invalid_data")]
    [InlineData("", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("null", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("[]", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("""{"username":"ada","password":"pw"} x""", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("""{"username":1,"password":"pw"}""", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("""{"takeover":"yes"}""", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("""{"username":"\ud800","password":"pw"}""", HttpStatusCode.BadRequest, "malformed_request")]
    public async Task Refusals_have_a_status_and_the_code_of_the_protocol(
        string body, HttpStatusCode status, string code)
    {
        await AssertRefusedAsync(await PostAsync(body), status, code);
    }

    [Fact]
    public async Task The_JSON_is_UTF_8_whatever_charset_is_named()
    {
        var body = new StringContent(Credentials, new MediaTypeHeaderValue("application/json", "no-such-charset"));

        var answer = await SendAsync(HttpMethod.Post, body, Own);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(ErrorCode.Busy, 429)]
    [InlineData(ErrorCode.StorageUnavailable, 503)]
    public void A_server_that_cannot_now_says_so_by_the_status(ErrorCode code, int status)
    {
        Assert.Equal(status, SessionEndpoint.StatusOf(code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1:{port}")]
    public async Task A_page_from_elsewhere_can_neither_log_in_nor_out(string? origin)
    {
        origin = origin?.Replace("{port}", $"{_gateway.HttpPort}", StringComparison.Ordinal);

        var login = await SendAsync(HttpMethod.Post, Json(Credentials), origin);
        var logout = await SendAsync(HttpMethod.Delete, null, origin);

        Assert.All([login, logout], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.All([login, logout], answer => Assert.False(answer.Headers.Contains("Set-Cookie")));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task A_body_that_a_form_could_send_is_refused(string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Credentials));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        var answer = await SendAsync(HttpMethod.Post, content, Own);

        await AssertRefusedAsync(answer, HttpStatusCode.UnsupportedMediaType, "malformed_request");
    }

    [Theory]
    [InlineData(4096, false, HttpStatusCode.OK)]
    [InlineData(4097, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(4097, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_has_at_most_4_KiB(int size, bool isChunked, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session");
        request.Content = Json(Credentials.PadRight(size));
        request.Headers.Add("Origin", Own);
        request.Headers.TransferEncodingChunked = isChunked;

        Assert.Equal(status, (await _http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Delete_has_the_browser_forget_the_cookie()
    {
        var answer = await SendAsync(HttpMethod.Delete, null, Own);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal($"jochat-{_gateway.HttpPort}=; max-age=0; path=/; samesite=strict; httponly", SetCookie(answer));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_refused(string method)
    {
        var answer = await SendAsync(new HttpMethod(method), null, Own);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST", "DELETE"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{port}")]
    [InlineData("http://chat.example.org")]
    public async Task Inside_TLS_the_cookie_is_bound_to_it_and_to_this_host(string origin)
    {
        using var files = new CertificateFiles();
        await RestartAsync(new GatewayOptions
        {
            Tls = files.MakePem("first"),
            Http = new HttpOptions { AllowedOrigins = "http://chat.example.org" },
        });
        origin = origin.Replace("{port}", $"{_gateway.HttpPort}", StringComparison.Ordinal);

        var cookie = SetCookie(await SendAsync(HttpMethod.Post, Json(Credentials), origin));

        Assert.Matches(
            $"^__Host-jochat-{_gateway.HttpPort}=[A-Za-z0-9_-]{{43}}; max-age=2592000; path=/; secure; samesite=strict; httponly$", cookie);
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, origin, cookie.Split(';')[0], "wss");
        await client.SendTextAsync(Resume);
        Assert.Contains("\"ada\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_TLS_it_is_the_same()
    {
        const string Origin = "https://chat.example.org";
        await RestartAsync(new GatewayOptions { Http = new HttpOptions { AllowedOrigins = Origin } });

        var cookie = SetCookie(await SendAsync(HttpMethod.Post, Json(Credentials), Origin));

        Assert.StartsWith($"__Host-jochat-{_gateway.HttpPort}=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure; ", cookie, StringComparison.Ordinal);
        using var client = await WebSockets.ConnectAsync(_gateway.HttpPort, Origin, cookie.Split(';')[0]);
        await client.SendTextAsync(Resume);
        Assert.Contains("\"ada\"", await client.ReceiveTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_while_the_server_stops_is_refused()
    {
        using var other = await WebSockets.ConnectAsync(_gateway.HttpPort);
        await other.SendTextAsync(Wire.HelloJson);
        await other.ReceiveTextAsync();
        await using var client = await _gateway.ConnectAsync(_gateway.HttpPort);
        await client.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /session HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nExpect: 100-continue\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Credentials.Length}\r\n\r\n"));
        await client.ReadBytesAsync("HTTP/1.1 100 Continue\r\n\r\n".Length); // the body is waited for

        var stopping = _gateway.StopAsync();
        Assert.Contains("server_stopping", await other.ReceiveTextAsync(), StringComparison.Ordinal);
        await client.WriteAsync(Encoding.ASCII.GetBytes(Credentials));

        var answer = Encoding.ASCII.GetString(await client.ReadAllAsync());
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"busy\"", answer, StringComparison.Ordinal);
        other.Abort();
        await stopping;
    }

    [Fact]
    public async Task A_server_pinned_to_the_binary_encoding_has_no_login_in_JSON()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewayOptions { Protocol = SpokenProtocols.Binary });
        using var http = gateway.Browse();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session") { Content = Json(Credentials) };
        request.Headers.Add("Origin", $"http://127.0.0.1:{gateway.HttpPort}");

        await AssertRefusedAsync(await http.SendAsync(request), HttpStatusCode.BadRequest, "unsupported");
    }

    public Task InitializeAsync() => StartAsync(new GatewayOptions());

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    private async Task RestartAsync(GatewayOptions options)
    {
        await DisposeAsync();
        await StartAsync(options);
    }

    private async Task StartAsync(GatewayOptions options)
    {
        _gateway = await RunningGateway.StartAsync(options);
        _http = _gateway.Browse();
        using var ada = await RawClient.ConnectAsync(_gateway.Port);
        await ada.AskAsync("signup", new { username = "ada", password = "pw" });
    }

    private async Task<string> LogInAsync() => SetCookie(await PostAsync(Credentials)).Split(';')[0];

    private Task<HttpResponseMessage> PostAsync(string body) => SendAsync(HttpMethod.Post, Json(body), Own);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent? content, string? origin)
    {
        using var request = new HttpRequestMessage(method, "/session") { Content = content };
        if (origin is not null) { request.Headers.Add("Origin", origin); }
        return await _http.SendAsync(request);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static string CookieOf(ClientWebSocket socket) =>
        socket.HttpResponseHeaders!["Set-Cookie"].Single().Split(';')[0];

    private static async Task<string?> ResumeAsync(ClientWebSocket socket)
    {
        await socket.SendTextAsync(Resume);
        return await socket.ReceiveTextAsync();
    }

    private static string SetCookie(HttpResponseMessage answer) =>
        Assert.Single(answer.Headers.GetValues("Set-Cookie"));

    private static async Task AssertRefusedAsync(
        HttpResponseMessage answer, HttpStatusCode status, string code, string? text = null)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("error", code), ((string?)body["status"], (string?)body["code"]));
        Assert.NotEmpty((string?)body["msg"] ?? "");
        if (text is not null) { Assert.Equal(text, (string?)body["msg"]); }
    }
}
