using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JoChat.Testing;

/// <summary>TLS in front of a server that has none. Its certificate may be replaced at any time.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly ForeignServer _server;
    private readonly int _port;

    /// <summary>Starts one.</summary>
    /// <param name="port">The server's port.</param>
    /// <param name="certificate">As whom it shows itself.</param>
    public TlsFront(int port, X509Certificate2 certificate)
    {
        (_port, Certificate) = (port, certificate);
        _server = new ForeignServer(ServeAsync);
    }

    public X509Certificate2 Certificate { get; set; }

    /// <summary>What is said without TLS from now on, to everybody; null: TLS is spoken.</summary>
    public string? Greeting { get; set; }

    public int Port => _server.Port;

    /// <summary>A self-signed certificate.</summary>
    /// <param name="address">The address it names.</param>
    /// <param name="days">For how many days from now on it is valid; a negative number: it expired so many days ago.
    /// </param>
    public static X509Certificate2 MakeCertificate(string address = "127.0.0.1", int days = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=jochat-test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(days));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken closing)
    {
        if (Greeting is { } greeting)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), closing);
            return;
        }
        await using var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = Certificate }, closing);
        using var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, _port, closing);
        var plain = tcp.GetStream();
        await Task.WhenAny(secure.CopyToAsync(plain, closing), plain.CopyToAsync(secure, closing));
    }
}
