using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace JoChat.Client;

/// <summary>Connects to the server by TCP, with TLS on top if asked for.</summary>
internal static class StreamConnector
{
    /// <summary>Connects.</summary>
    /// <exception cref="ServerUnreachableException">No connection can be made.</exception>
    public static async Task<Stream> ConnectAsync(JoChatClientOptions options, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendBufferSize = ByteProgress.SendBufferBytes,
        };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ArgumentException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new ServerUnreachableException(Describe(fault, options), fault);
        }
        var plain = new NetworkStream(socket, ownsSocket: true);
        return options.UseTls
            ? await SecureAsync(plain, options, either.Token, cancellation).ConfigureAwait(false)
            : plain;
    }

    private static async Task<Stream> SecureAsync(
        NetworkStream plain, JoChatClientOptions options, CancellationToken either, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        var check = new CertificateCheck(options);
        try
        {
            await secure.AuthenticateAsClientAsync(check.Terms(), either).ConfigureAwait(false);
            return secure;
        }
        catch (Exception fault)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (check.Refused is { } certificate)
            {
                throw new ServerUnreachableException(Describe(certificate, options), fault)
                {
                    Certificate = certificate,
                };
            }
            if (fault is not (IOException or AuthenticationException or OperationCanceledException)) { throw; }
            var service = await ServiceProbe.ExplainAsync(options, insideTls: false, cancellation)
                .ConfigureAwait(false);
            var otherwise = $"{options.Where()} does not speak TLS. Connect to it without TLS, or see to its port.";
            throw new ServerUnreachableException(service ?? otherwise, fault) { IsWrongService = service is not null };
        }
    }

    private static string Describe(UntrustedCertificate shown, JoChatClientOptions options) =>
        options.AcceptedFingerprint is { } accepted
            ? $"THE CERTIFICATE OF {options.Where()} HAS CHANGED, from {accepted} to {shown.Fingerprint}. Somebody may "
                + "be reading along, so nothing was sent."
            : $"The certificate of {options.Where()} is not trusted: {shown.Problem}. "
                + $"Its fingerprint is {shown.Fingerprint}.";

    private static string Describe(Exception fault, JoChatClientOptions options)
    {
        var where = options.Where();
        return (fault as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => $"No connection to {where}: no server listens there.",
            SocketError.HostNotFound or SocketError.NoData => $"There is no host named {options.Host}.",
            SocketError.TryAgain => $"No connection to {where}: the name cannot be looked up now.",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown =>
                $"No connection to {where}: there is no way to it on the network.",
            null when fault is OperationCanceledException => FormattableString.Invariant(
                $"No connection to {where}: no answer within {options.ConnectTimeout.TotalSeconds} s."),
            SocketError.TimedOut => $"No connection to {where}: no answer in time.",
            null => "The host and the port do not name a server.",
            _ => $"No connection to {where}.",
        };
    }
}
