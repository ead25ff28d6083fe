using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Gateway;

/// <summary>The authority of a cluster, which says who is a node of it: a key, and a certificate that all nodes
/// know.</summary>
internal sealed class ClusterAuthority : IDisposable
{
    public const int AuthorityYears = 10;
    public const int NodeYears = 2;

    private const string Name = "CN=JoChat cluster authority";
    private const int SerialBytes = 16; // RFC 5280, 4.1.2.2: at most 20, and positive

    // The clocks of other nodes may be behind.
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2 _certificate;

    private ClusterAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Makes one.</summary>
    public static IssuedCertificate Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name, key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        // No authority below it: what a node's certificate signs is worth nothing.
        extensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - Backdating, now.AddYears(AuthorityYears));
        return IssuedCertificate.Of(certificate, key);
    }

    /// <summary>Takes one that was made before.</summary>
    /// <param name="certificate">Its certificate in PEM.</param>
    /// <param name="key">Its key in PEM.</param>
    /// <param name="now">The time by which it must be valid.</param>
    /// <exception cref="ClusterCaException">It is none, or none that can be used now.</exception>
    public static ClusterAuthority Load(string certificate, string key, DateTimeOffset now)
    {
        try
        {
            var loaded = X509Certificate2.CreateFromPem(certificate, key);
            if (FaultOf(loaded, now) is not { } fault) { return new ClusterAuthority(loaded); }
            loaded.Dispose();
            throw new ClusterCaException(fault);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new ClusterCaException("its certificate and its key are not those of one authority, or are damaged");
        }
    }

    /// <summary>Issues the certificate of a node, valid as client and as server: each node is both.</summary>
    public IssuedCertificate Issue(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        extensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([ServerUse, ClientUse], critical: true));
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddDnsName(name);
        extensions.Add(alternatives.Build());
        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            _certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        DateTimeOffset from = _certificate.NotBefore, until = _certificate.NotAfter;
        var notBefore = now - Backdating;
        var notAfter = now.AddYears(NodeYears);
        using var issued = request.Create(
            _certificate, notBefore > from ? notBefore : from, notAfter < until ? notAfter : until, NewSerial());
        return IssuedCertificate.Of(issued, key);
    }

    public void Dispose() => _certificate.Dispose();

    private static string? FaultOf(X509Certificate2 certificate, DateTimeOffset now)
    {
        var limits = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        using var key = certificate.GetECDsaPrivateKey();
        if (limits is not { CertificateAuthority: true } || key is null)
        {
            return "its certificate is not one that \"cluster-ca init\" makes";
        }
        if (certificate.NotAfter <= now.LocalDateTime)
        {
            return $"its certificate expired on {IssuedCertificate.Date(certificate.NotAfter)}; make a new authority, "
                + "and new certificates for all nodes";
        }
        return certificate.NotBefore > now.LocalDateTime
            ? $"its certificate is not valid before {IssuedCertificate.Date(certificate.NotBefore)}: is the clock right?"
            : null;
    }

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
