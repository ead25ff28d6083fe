using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace JoChat.Gateway.Tests;

/// <summary>The files of the web client on the HTTP port. What is in them is not this class's concern.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!; // set before each test, as is the next
    private HttpClient _http = null!;

    private static string[] Names => typeof(Page).Assembly.GetManifestResourceNames();

    [Fact]
    public async Task Every_file_is_served_at_its_own_path()
    {
        Assert.Superset(new HashSet<string> { "index.html", "style.css", "js/app.js" }, new HashSet<string>(Names));
        foreach (var name in Names)
        {
            var answer = await _http.GetAsync("/" + name);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(await EmbeddedAsync(name), await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/index.html", "text/html; charset=utf-8")]
    [InlineData("/style.css", "text/css; charset=utf-8")]
    [InlineData("/js/app.js", "text/javascript; charset=utf-8")]
    public async Task A_file_says_what_it_is_and_is_asked_for_again_each_time(string path, string type)
    {
        var answer = await _http.GetAsync(path);

        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("BR", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("br;q=0", null)]
    [InlineData("nonsense;;", null)]
    [InlineData(null, null)]
    public async Task A_file_comes_in_the_smallest_encoding_that_the_client_reads(string? accepted, string? encoding)
    {
        var plain = await EmbeddedAsync("style.css");

        for (var round = 0; round < 2; round++)
        {
            var answer = await SendAsync(HttpMethod.Get, "Accept-Encoding", accepted);

            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            var body = await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
            Assert.Equal(plain, Decode(body, encoding));
        }
    }

    [Theory]
    [InlineData("{tag}", true)]
    [InlineData("W/{tag}", true)]
    [InlineData("\"other\", {tag}", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("nonsense", false)]
    public async Task A_file_that_the_client_has_is_not_sent_again(string known, bool isKnown)
    {
        var tag = (await _http.GetAsync("/style.css")).Headers.ETag!.Tag;

        var answer = await SendAsync(
            HttpMethod.Get, "If-None-Match", known.Replace("{tag}", tag, StringComparison.Ordinal));

        Assert.Equal(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isKnown, (await answer.Content.ReadAsByteArrayAsync()).Length == 0);
        Assert.Equal(tag, answer.Headers.ETag?.Tag);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Single(answer.Headers.Vary);
    }

    [Fact]
    public async Task Each_encoding_and_each_file_has_a_tag_of_its_own()
    {
        EntityTagHeaderValue?[] tags =
        [
            (await _http.GetAsync("/")).Headers.ETag,
            (await SendAsync(HttpMethod.Get, "Accept-Encoding", null)).Headers.ETag,
            (await SendAsync(HttpMethod.Get, "Accept-Encoding", "gzip")).Headers.ETag,
            (await SendAsync(HttpMethod.Get, "Accept-Encoding", "br")).Headers.ETag,
        ];

        Assert.Equal(tags.Distinct(), tags);
        Assert.All(tags, tag => Assert.False(tag?.IsWeak));
    }

    [Fact]
    public async Task Head_tells_the_same_without_a_body()
    {
        var get = await SendAsync(HttpMethod.Get, "Accept-Encoding", "br");

        var head = await SendAsync(HttpMethod.Head, "Accept-Encoding", "br");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ToString(), head.Content.Headers.ToString());
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_refused(string method)
    {
        var answer = await SendAsync(new HttpMethod(method), "Accept-Encoding", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/else")]
    [InlineData("/js")]
    [InlineData("/js/")]
    [InlineData("/Style.css")]
    [InlineData("//style.css")]
    [InlineData("/tsconfig.json")]
    [InlineData("/jochat.conf")]
    [InlineData("/..%2fjochat.conf")]
    public async Task Anything_else_is_not_there(string path)
    {
        var answer = await _http.GetAsync(new Uri(_http.BaseAddress! + path[1..]));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _http = _gateway.Browse();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string header, string? value)
    {
        using var request = new HttpRequestMessage(method, "/style.css");
        if (value is not null) { request.Headers.TryAddWithoutValidation(header, value); }
        return await _http.SendAsync(request);
    }

    private static async Task<byte[]> EmbeddedAsync(string name)
    {
        await using var stream = typeof(Page).Assembly.GetManifestResourceStream(name)!;
        return await stream.ReadAllAsync();
    }

    private static byte[] Decode(byte[] body, string? encoding)
    {
        var encoded = new MemoryStream(body);
        using Stream decoder = encoding switch
        {
            "br" => new BrotliStream(encoded, CompressionMode.Decompress),
            "gzip" => new GZipStream(encoded, CompressionMode.Decompress),
            _ => encoded,
        };
        var plain = new MemoryStream();
        decoder.CopyTo(plain);
        return plain.ToArray();
    }
}
