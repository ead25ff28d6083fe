using System.Net;
using System.Net.Sockets;

namespace JoChat.Gateway;

/// <summary>Why the gateway cannot listen, and which setting would help.</summary>
internal static class ListenFault
{
    /// <summary>Tells it of clients' ports.</summary>
    /// <param name="bound">How many addresses it listens on already: they are bound in order.</param>
    /// <param name="options">The addresses.</param>
    /// <param name="fault">What went wrong with the next one.</param>
    public static string Describe(int bound, GatewayOptions options, Exception fault)
    {
        var (address, port, host) = bound > 0 && options.Http is { } http
            ? (new IPEndPoint(http.Host, http.Port), "--http-port or jochat.http.port", "jochat.http.host")
            : (new IPEndPoint(options.Host, options.Port), "--port or jochat.gateway.port",
                "--host or jochat.gateway.host");
        return Describe(address.ToString(), fault.GetBaseException() as SocketException, port, host);
    }

    /// <summary>Tells it of the port for the other nodes of a cluster.</summary>
    public static string Describe(ClusterSettings cluster, SocketException fault) =>
        Describe(cluster.ToString(), fault, "jochat.cluster.port", "jochat.cluster.host");

    private static string Describe(string address, SocketException? fault, string port, string host)
    {
        // What is no address of this machine cannot be cured by another port.
        var isAboutHost = fault?.SocketErrorCode is SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported;
        var cure = isAboutHost ? $"address with {host}" : $"port with {port}";
        return $"cannot listen on {address}: {fault?.Message ?? "it is in use"}; choose another {cure}";
    }
}
