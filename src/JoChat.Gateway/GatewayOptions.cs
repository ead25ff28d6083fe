using System.Net;

namespace JoChat.Gateway;

/// <summary>How the gateway listens and what it lets a connection use.</summary>
internal sealed record GatewayOptions
{
    /// <summary>Longest frame body accepted without a login, in bytes, if <see cref="MaxFrameBytes"/> is not less: a
    /// name and a password in any encoding.</summary>
    public const int MaxGuestFrameBytes = 8 * 1024;

    /// <summary>The address to listen on.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 5555;

    /// <summary>What connections may speak.</summary>
    public SpokenProtocols Protocol { get; init; } = SpokenProtocols.Auto;

    /// <summary>How long a connection may take to show what it speaks, TLS included; then it is closed. Above
    /// 0.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long nothing may come of a request that has begun; then the connection is closed. Above 0.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The certificate for TLS on the same port and on the HTTP port; null if there is none.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Whether the chat port serves clients inside TLS alone.</summary>
    public bool RequiresTls { get; init; }

    /// <summary>Whether what clients send may cross a network as it is.</summary>
    public bool MayBeUnencrypted => !RequiresTls
        && (Tls is not null || !IPAddress.IsLoopback(Host) || Http is { Host: var http } && !IPAddress.IsLoopback(http));

    /// <summary>The HTTP port; null if there is none.</summary>
    public HttpOptions? Http { get; init; } = new();

    /// <summary>Longest frame body accepted, in bytes.</summary>
    public int MaxFrameBytes { get; init; } = JoChat.Protocol.Limits.DefaultMaxFrameBytes;

    /// <summary>Most connections at a time, those on the HTTP port included; one more is closed at once. Fewer if the
    /// process may not open as many files (see <see cref="ConnectionLimit"/>).</summary>
    public int MaxConnections { get; init; } = 50_000;

    /// <summary>Most connections of one address at a time (of IPv6: of its first 64 bits); never more than half of
    /// all, unless it is at least <see cref="MaxConnections"/>.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 1000;

    /// <summary>How many connections an address (of IPv6: its first 64 bits) may open a second; ten times as many at
    /// once.</summary>
    public int ConnectionsPerSecond { get; init; } = 100;

    /// <summary>Most connections at a time on which nobody is logged in.</summary>
    public int MaxGuests { get; init; } = 10_000;

    /// <summary>Who is believed in whose name it connects.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>Most requests of one connection that are read but not answered; together they are also at most one
    /// <see cref="MaxFrameBytes"/> long, or a single one.</summary>
    public int MaxRequestsInFlight { get; init; } = 256;

    /// <summary>How much may wait for a connection's socket, in bytes, before its session starts nothing that adds
    /// more.</summary>
    public int OutputBufferBytes { get; init; } = 64 * 1024;

    /// <summary>Most bytes of requests that are not whole or not answered, and of answers that are not read, that are
    /// kept for all connections together, without the first 8 KiB of each. When they are used up, requests are refused
    /// as busy.</summary>
    public long MaxBufferedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How long a client may take to read the last answers on a connection that is being closed; then it is
    /// cut.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for what is in flight; connections that are not done by then are cut.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
