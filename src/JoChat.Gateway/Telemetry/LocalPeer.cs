using System.Net;

namespace JoChat.Gateway;

/// <summary>Whether a request was made on this machine, and not passed on by a proxy that runs here.</summary>
internal static class LocalPeer
{
    // Whoever writes one of them, trusted or not: it was not for nothing. The second is what the framework makes of the
    // first when it believes it.
    private static readonly string[] OfProxies =
        ["X-Forwarded-For", "X-Original-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto"];

    public static bool Made(HttpContext context) =>
        IsHere(context.Connection.RemoteIpAddress) && !OfProxies.Any(context.Request.Headers.ContainsKey);

    // Null: the socket has no address, as one in the file system.
    private static bool IsHere(IPAddress? peer) =>
        peer is null || IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);
}
