using System.Net;

namespace JoChat.Gateway;

/// <summary>By which names a browser may address this port. Another site can have its own name point here (DNS
/// rebinding), and its pages could then read our answers; but the <c>Host</c> of their requests tells it.</summary>
/// <remarks>The address by which a request came in is always right, whatever addresses are listened on: what was
/// addressed without a name cannot have been rebound.</remarks>
/// <param name="allowed">Names and addresses besides that one and <c>localhost</c>, separated by commas.</param>
internal sealed class HostCheck(string allowed)
{
    private readonly string[] _allowed = ["localhost", .. Split(allowed).Select(WithoutBrackets)];

    /// <summary>Judges the <c>Host</c> of a request.</summary>
    public bool Allows(HttpContext context)
    {
        var host = WithoutBrackets(context.Request.Host.Host);
        return _allowed.Contains(host, StringComparer.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && address.Equals(Local(context)));
    }

    /// <summary>Says why a request is not served.</summary>
    public static Task RefuseAsync(HttpContext context) => HttpPort.AnswerAsync(context,
        StatusCodes.Status421MisdirectedRequest, "This server does not go by that name (jochat.http.allowed-hosts).");

    /// <summary>The parts of a list.</summary>
    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it is a name or an address as a browser writes it, without a port.</summary>
    public static bool IsHost(string text) =>
        text.All(char.IsAscii) && Uri.CheckHostName(text) is not UriHostNameType.Unknown;

    // A socket that listens on addresses of both kinds shows those of the older kind in the form of the newer.
    private static IPAddress? Local(HttpContext context) =>
        context.Connection.LocalIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4() : context.Connection.LocalIpAddress;

    private static string WithoutBrackets(string host) => host.Trim('[', ']');
}
