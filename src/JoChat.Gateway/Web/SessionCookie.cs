using System.Globalization;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The cookie that keeps a browser logged in: it holds a resume token, which no script can read.</summary>
internal static class SessionCookie
{
    private const string Name = "jochat-";
    private const string SecurePrefix = "__Host-"; // a browser takes it only with Secure and for this very host

    /// <summary>The token that came with a request; null if there is none.</summary>
    public static Secret? Read(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { } token ? new Secret(token) : null;

    /// <summary>Has the browser keep a token.</summary>
    /// <param name="context">What is answered.</param>
    /// <param name="token">The token.</param>
    /// <param name="expiry">How long it is good for.</param>
    public static void Set(HttpContext context, Secret token, TimeSpan expiry) => Write(context, token.Value, expiry);

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpContext context) => Write(context, "", TimeSpan.Zero);

    private static void Write(HttpContext context, string value, TimeSpan maxAge)
    {
        context.Response.Cookies.Append(NameFor(context.Request), value, new CookieOptions
        {
            HttpOnly = true,
            MaxAge = maxAge,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = IsSecure(context.Request),
        });
    }

    // A browser keeps one set of cookies for all ports of a host: the port tells two servers apart.
    private static string NameFor(HttpRequest request)
    {
        var name = Name + (request.Host.Port ?? 0).ToString(CultureInfo.InvariantCulture);
        return IsSecure(request) ? SecurePrefix + name : name;
    }

    // As the browser sees it: a proxy may end its TLS before us.
    private static bool IsSecure(HttpRequest request) =>
        request.IsHttps || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
