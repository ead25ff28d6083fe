using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Cluster;

/// <summary>The certificate of this node, with its key, and that of the authority which issues those of all
/// nodes.</summary>
public sealed class NodeCertificate : IDisposable
{
    /// <summary>How long before the end of a certificate there is time to renew it.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    private readonly PemFile _key;
    private readonly X509Certificate2 _authority;

    private NodeCertificate(X509Certificate2 own, X509Certificate2 authority, PemFile key, MemberCheck check)
    {
        (Own, _authority, _key) = (own, authority, key);
        Tls = new RemoteTls(own, check);
    }

    /// <summary>What makes Akka.Remote use it.</summary>
    public RemoteTls Tls { get; }

    /// <summary>When the node's certificate expires.</summary>
    public DateTimeOffset NotAfter => Own.NotAfter;

    /// <summary>When the authority's expires.</summary>
    public DateTimeOffset AuthorityNotAfter => _authority.NotAfter;

    internal X509Certificate2 Own { get; }

    /// <summary>Loads the files. The node is judged as the other nodes will judge it.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="time">By which certificates expire, then and later.</param>
    /// <exception cref="InvalidDataException">They cannot be used; the message names the setting and the file, and says
    /// why. It holds nothing secret.</exception>
    public static NodeCertificate Load(NodeFiles files, TimeProvider time)
    {
        var certificate = new PemFile("certificate", files.Certificate);
        var key = new PemFile("key", files.Key);
        var authority = new PemFile("authority", files.Authority);
        var trusted = authority.ReadCertificate();
        if (trusted.Extensions.OfType<X509BasicConstraintsExtension>().All(limits => !limits.CertificateAuthority))
        {
            throw authority.Unusable("it is not the certificate of an authority");
        }
        var check = new MemberCheck(trusted, time);
        using var alone = certificate.ReadCertificate();
        if (check.FaultOf(alone) is { } fault) { throw certificate.Unusable(fault); }
        return new NodeCertificate(WithKey(certificate, key), trusted, key, check);
    }

    /// <summary>What an operator should see to now; it grows with time.</summary>
    public NodeCertificateConcerns FindConcerns(DateTimeOffset now)
    {
        var concerns = Find(NotAfter, NodeCertificateConcerns.ExpiresSoon, NodeCertificateConcerns.Expired)
            | Find(AuthorityNotAfter, NodeCertificateConcerns.AuthorityExpiresSoon, NodeCertificateConcerns.AuthorityExpired);
        return _key.IsExposed() ? concerns | NodeCertificateConcerns.KeyIsExposed : concerns;

        NodeCertificateConcerns Find(
            DateTimeOffset end, NodeCertificateConcerns soon, NodeCertificateConcerns over) =>
            end <= now ? over : end - now <= Notice ? soon : NodeCertificateConcerns.None;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Own.Dispose();
        _authority.Dispose();
    }

    private static X509Certificate2 WithKey(PemFile certificate, PemFile key)
    {
        var text = key.Read();
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw key.Unusable("it holds no private key in PEM");
        }
        try
        {
            using var both = X509Certificate2.CreateFromPem(certificate.Read(), text);
            // Windows cannot serve TLS with a key that is in memory only; as PFX it is imported.
            return X509CertificateLoader.LoadPkcs12(both.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw key.Unusable(text.Contains("ENCRYPTED", StringComparison.Ordinal)
                ? "its private key is locked, and must not be"
                : "its private key is not that of the node's certificate, or is damaged");
        }
    }
}
