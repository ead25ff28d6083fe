namespace JoChat.Gateway;

/// <summary>Which web pages may use this port. A browser lets any page try, and tells the page's origin.</summary>
/// <param name="allowed">Origins other than the port's own that may, separated by commas.</param>
internal sealed class OriginCheck(string allowed)
{
    private readonly string[] _allowed = HostCheck.Split(allowed);

    /// <summary>Judges a request whose <c>Host</c> is right. Without an <c>Origin</c> the client is no browser, and
    /// allowed.</summary>
    public bool Allows(HttpRequest request) => request.Headers.Origin.Count == 0 || AllowsPage(request);

    /// <summary>Judges a request that only pages make.</summary>
    /// <returns>False also if it tells no origin.</returns>
    public bool AllowsPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        // A browser writes both without the scheme's usual port.
        var own = $"{request.Scheme}://{request.Host.Value}";
        return origin.Equals(own, StringComparison.OrdinalIgnoreCase)
            || _allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Says why a page is not served.</summary>
    public static Task RefuseAsync(HttpContext context) => HttpPort.AnswerAsync(
        context, StatusCodes.Status403Forbidden, "Pages of this origin may not connect (jochat.http.allowed-origins).");

    /// <summary>Whether it is an origin as a browser writes it: <c>http</c> or <c>https</c>, a host, a port if it is
    /// not the usual one, and nothing more.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
        && origin.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
