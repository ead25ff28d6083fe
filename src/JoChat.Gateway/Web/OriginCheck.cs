namespace JoChat.Gateway;

/// <summary>Which web pages may open a WebSocket here. A browser lets any page try, and tells the page's origin.
/// </summary>
/// <param name="allowed">Other origins that may, separated by commas.</param>
internal sealed class OriginCheck(string allowed)
{
    private readonly string[] _allowed = Split(allowed);

    /// <summary>Judges a request.</summary>
    /// <param name="origin">Its <c>Origin</c>; without one the client is no browser, and allowed.</param>
    /// <param name="host">Its <c>Host</c>: a page of this host and port is allowed.</param>
    public bool Allows(string? origin, string? host) =>
        string.IsNullOrEmpty(origin)
        || IsOf(origin, host)
        || _allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>The parts of a list of origins.</summary>
    public static string[] Split(string origins) =>
        origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it is an origin as a browser writes it: <c>http</c> or <c>https</c>, a host, a port if it is
    /// not the usual one, and nothing more.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
        && origin.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Authority.Equals(host, StringComparison.OrdinalIgnoreCase);
}
