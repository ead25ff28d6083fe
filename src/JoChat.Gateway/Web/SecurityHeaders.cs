namespace JoChat.Gateway;

/// <summary>What every HTTP answer tells browsers to refuse.</summary>
internal static class SecurityHeaders
{
    // Everything comes from this port but the icon with the number of unread messages, which the page draws; nothing is
    // inline. Text can become neither markup nor script: of the sinks that Trusted Types guard the page uses one, to
    // register its service worker, and has one policy for it.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types service-worker";

    private const string UnusedFeatures =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    // A browser that has seen it comes by HTTPS alone, for a year.
    private const string HttpsOnly = "max-age=31536000";

    /// <summary>Writes the headers.</summary>
    public static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = UnusedFeatures;
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps && !IsLocalhost(context.Request)) { headers.StrictTransportSecurity = HttpsOnly; }
    }

    // That name is shared by all servers that somebody develops on a machine, and the header is for every port.
    private static bool IsLocalhost(HttpRequest request) =>
        request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
