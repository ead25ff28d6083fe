using System.Net;
using System.Net.Sockets;

namespace JoChat.Testing;

/// <summary>A port for a server that is started again and again.</summary>
public static class FreePort
{
    // Below those that the system gives to clients: while the server is down, a client that connects could otherwise be
    // given this very port, and be connected to itself.
    private const int First = 20_000, Last = 30_000;

    /// <summary>Finds one that nobody listens on now.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                continue; // taken
            }
        }
    }
}
