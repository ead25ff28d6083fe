using System.Net;
using System.Net.Sockets;

namespace JoChat.Gateway;

/// <summary>Why the gateway cannot listen, and which setting would help.</summary>
internal static class ListenFault
{
    /// <summary>Tells it.</summary>
    /// <param name="bound">How many addresses it listens on already: they are bound in order.</param>
    /// <param name="options">The addresses.</param>
    /// <param name="fault">What went wrong with the next one.</param>
    public static string Describe(int bound, GatewayOptions options, Exception fault)
    {
        var socket = fault.GetBaseException() as SocketException;
        // What is no address of this machine cannot be cured by another port.
        var isAboutHost = socket?.SocketErrorCode is SocketError.AddressNotAvailable
            or SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported;
        var (address, port, host) = bound > 0 && options.Http is { } http
            ? (new IPEndPoint(http.Host, http.Port), "--http-port or jochat.http.port", "jochat.http.host")
            : (new IPEndPoint(options.Host, options.Port), "--port or jochat.gateway.port",
                "--host or jochat.gateway.host");
        var reason = socket?.Message ?? "it is in use";
        var cure = isAboutHost ? $"address with {host}" : $"port with {port}";
        return $"cannot listen on {address}: {reason}; choose another {cure}";
    }
}
