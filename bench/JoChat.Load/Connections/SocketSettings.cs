using System.Net;

namespace JoChat.Load;

/// <summary>How a client's socket is configured.</summary>
/// <param name="From">The address it comes from; null: the system chooses.</param>
/// <param name="ScanBytes">Longest frame that it understands, in bytes. Its memory is taken at once.</param>
/// <param name="ReceiveBuffer">The system's buffer for what came and was not read, in bytes; null: the system
/// chooses.</param>
internal sealed record SocketSettings(IPAddress? From, int ScanBytes, int? ReceiveBuffer = null)
{
    private const int PerAddress = 10_000; // well below the ports that a system gives out for one address

    public static SocketSettings Usual { get; } = new(null, 64 * 1024);

    /// <summary>The address that the client of this number comes from, so that ports do not run out however many there
    /// are: 127.0.0.2 for the first 10,000, 127.0.0.3 for the next.</summary>
    public static IPAddress AddressOf(int client) => new([127, 0, 0, (byte)(2 + client / PerAddress)]);
}
