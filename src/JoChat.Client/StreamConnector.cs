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
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token).ConfigureAwait(false);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return options.UseTls ? await SecureAsync(plain, options, either.Token).ConfigureAwait(false) : plain;
        }
        catch (Exception fault) when (
            fault is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            var why = fault is OperationCanceledException ? "no answer in time" : fault.Message.TrimEnd('.');
            throw new ServerUnreachableException(
                FormattableString.Invariant($"No connection to {options.Host} port {options.Port}: {why}."), fault);
        }
    }

    private static async Task<Stream> SecureAsync(
        NetworkStream plain, JoChatClientOptions options, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            var terms = new SslClientAuthenticationOptions
            {
                TargetHost = options.Host,
                RemoteCertificateValidationCallback = options.ValidateCertificate,
            };
            await secure.AuthenticateAsClientAsync(terms, cancellation).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
