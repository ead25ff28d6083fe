using System.Reflection;
using Microsoft.Net.Http.Headers;

namespace JoChat.Gateway;

/// <summary>The web client: the files below Web/Page, which are embedded in this assembly. Each is served at its own
/// path, <c>index.html</c> also at <c>/</c>, and loaded when it is first asked for.</summary>
internal sealed class Page
{
    private static readonly Assembly Files = typeof(Page).Assembly;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".webmanifest"] = "application/manifest+json",
    };

    private readonly Dictionary<string, Lazy<PageFile>> _files = Files.GetManifestResourceNames().ToDictionary(
        name => "/" + name, name => new Lazy<PageFile>(() => Load(name)), StringComparer.Ordinal);

    /// <summary>Answers a request for a file.</summary>
    public Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value is "/" ? "/index.html" : context.Request.Path.Value ?? "";
        if (!_files.TryGetValue(path, out var file))
        {
            return HttpPort.AnswerAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
        }
        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? SendAsync(file.Value, context)
            : HttpPort.RefuseMethodAsync(context, "GET, HEAD");
    }

    // A browser asks each time whether the file is still the same: a new version of the server shows at once.
    private static Task SendAsync(PageFile file, HttpContext context)
    {
        var (request, response) = (context.Request.GetTypedHeaders(), context.Response);
        var body = file.For(request.AcceptEncoding);
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.ETag = body.Tag.ToString();
        if (IsKnown(body.Tag, request.IfNoneMatch))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = file.ContentType;
        response.ContentLength = body.Bytes.Length;
        if (body.Encoding is { } encoding) { response.Headers.ContentEncoding = encoding; }
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body.Bytes, context.RequestAborted).AsTask();
    }

    private static bool IsKnown(EntityTagHeaderValue tag, IList<EntityTagHeaderValue> known) =>
        known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));

    private static PageFile Load(string name)
    {
        using var stream = Files.GetManifestResourceStream(name)!; // its name came from the assembly
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new PageFile(bytes, ContentTypes[Path.GetExtension(name)]);
    }
}
