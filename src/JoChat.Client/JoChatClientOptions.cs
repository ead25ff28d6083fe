using System.Net;
using System.Net.Security;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>How a <see cref="JoChatClient"/> connects, and how long it waits.</summary>
public sealed record JoChatClientOptions
{
    /// <summary>The port a JoChat server listens on unless configured otherwise.</summary>
    public const int DefaultPort = 5555;

    private static readonly string Version = typeof(JoChatClientOptions).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Name or address of the server; with TLS also the name its certificate must have.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port of the server, 1 to 65,535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether to speak TLS; a server that has no certificate hangs up on it.</summary>
    public bool UseTls { get; init; }

    /// <summary>Who may have signed the server's certificate, instead of those whom this machine trusts; null: those.
    /// </summary>
    public X509Certificate2Collection? TrustedAuthorities { get; init; }

    /// <summary>The fingerprint of a certificate that is accepted though it is not trusted, as
    /// <see cref="UntrustedCertificate.FingerprintOf"/> gives it; null: none.</summary>
    public string? AcceptedFingerprint { get; init; }

    /// <summary>Validates the server's certificate; null: it must be trusted and name the host.</summary>
    public RemoteCertificateValidationCallback? ValidateCertificate { get; init; }

    /// <summary>How messages are encoded.</summary>
    public WireEncoding Encoding { get; init; } = WireEncoding.Json;

    /// <summary>What to ask the server for. <see cref="Features.None"/>: no <c>hello</c> is sent, the client uses only
    /// the original protocol, and does not reconnect.</summary>
    public Features Features { get; init; } =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence | Features.Rotate;

    /// <summary>Whether logins by password ask for a <see cref="JoChatClient.ResumeToken"/>, if the server has any;
    /// null: only if they are not those of side sessions. An account has 16 at most, and a newer one revokes the
    /// oldest.</summary>
    public bool? WantsResumeToken { get; init; }

    /// <summary>Whether to reconnect when the connection is lost. If not, its loss ends the client. So do a certificate
    /// that is not trusted, and another service in the server's place.</summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>Bound of the delay before the first attempt to reconnect; it doubles with each failed one. The delay is
    /// random between zero and the bound, so that not all clients come back at once. More than zero.</summary>
    public TimeSpan FirstReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The highest value of that bound; more than zero.</summary>
    public TimeSpan LongestReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A server that is silent for this long is pinged; silent for as long again, it counts as gone, or
    /// later if bytes of ours may still be on their way to it over a slow link: at 256 bytes a second, for 128 KiB of
    /// them at most. More than zero. Only for servers that know <c>hello</c>.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for one attempt to connect, TLS included; more than zero.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the answer to one request while nothing moves on the connection, the waits for its
    /// turn and for a connection included; more than zero. Bytes that may still be on their way over a slow link are
    /// waited for as well. It does not hold for messages that survive the loss of the connection (see
    /// <see cref="JoChatClient.SendAsync(string, string, CancellationToken)"/>).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most pushed messages held for <see cref="JoChatClient.ReadMessagesAsync"/>, ≥ 1; a server that waits
    /// for acknowledgements may have as many on their way as its window holds.</summary>
    /// <remarks>When it is full the client stops reading its socket, so that undelivered messages stay with the
    /// server. From a server without acks answers then wait too: read the messages while you await answers.
    /// </remarks>
    public int MessageBuffer { get; init; } = 256;

    /// <summary>Most requests in flight, ≥ 1. As many again are queued; callers beyond that wait for room in the queue,
    /// in the order they came.</summary>
    public int MaxPendingRequests { get; init; } = 64;

    /// <summary>Longest frame body accepted from the server, in bytes. The default holds the longest list of messages
    /// even if JSON escapes each of its characters.</summary>
    public int MaxFrameBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Name and version told to the server; by default those of this library.</summary>
    public string ClientName { get; init; } = $"jochat-dotnet/{Version}";

    /// <summary>The clock for all timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a host is this machine itself, so that nothing sent to it can be read on the way. Names are not
    /// looked up: whoever answers for them could say so.</summary>
    /// <param name="host">A name or an address.</param>
    public static bool IsLoopback(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return IPAddress.TryParse(host, out var address)
            ? IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            : host.TrimEnd('.').Split('.')[^1].Equals("localhost", StringComparison.OrdinalIgnoreCase); // RFC 6761, 6.3
    }
}
