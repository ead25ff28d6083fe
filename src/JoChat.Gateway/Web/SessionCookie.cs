using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The cookie that keeps a browser logged in: it holds a resume token, which no script can read.</summary>
internal static class SessionCookie
{
    private const string PlainName = "jochat";
    private const string SecureName = "__Host-jochat"; // a browser takes it only with Secure and for this very host

    /// <summary>The token that came with a request; null if there is none.</summary>
    public static Secret? Read(HttpRequest request) =>
        request.Cookies[IsSecure(request) ? SecureName : PlainName] is { } token ? new Secret(token) : null;

    /// <summary>Has the browser keep a token.</summary>
    /// <param name="context">What is answered.</param>
    /// <param name="token">The token.</param>
    /// <param name="expiry">How long it is good for.</param>
    public static void Set(HttpContext context, Secret token, TimeSpan expiry) => Write(context, token.Value, expiry);

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpContext context) => Write(context, "", TimeSpan.Zero);

    private static void Write(HttpContext context, string value, TimeSpan maxAge)
    {
        var isSecure = IsSecure(context.Request);
        context.Response.Cookies.Append(isSecure ? SecureName : PlainName, value, new CookieOptions
        {
            HttpOnly = true,
            MaxAge = maxAge,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = isSecure,
        });
    }

    // As the browser sees it: a proxy may end its TLS before us.
    private static bool IsSecure(HttpRequest request) =>
        request.IsHttps || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
