using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JoChat.Testing;

namespace JoChat.Cluster.Tests;

/// <summary>An authority, which issues good and bad certificates of nodes. All have the same name.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(DateTimeOffset? notAfter = null)
    {
        var request = new CertificateRequest("CN=authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        _certificate = request.CreateSelfSigned(Now.AddYears(-1), notAfter ?? Now.AddYears(1));
        Write("authority.crt", _certificate.ExportCertificatePem());
    }

    public static DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public string File(string name) => _folder.File(name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    /// <summary>Issues a node's certificate into files.</summary>
    public NodeFiles Issue(
        string name = "node", DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, bool isSelfSigned = false,
        params string[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        uses = uses is [] ? [ServerUse, ClientUse] : uses is [""] ? [] : uses;
        if (uses.Length > 0)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([.. uses.Select(use => new Oid(use))], critical: true));
        }
        var (from, until) = (notBefore ?? Now.AddDays(-90), notAfter ?? Now.AddDays(90));
        using var certificate = isSelfSigned ? request.CreateSelfSigned(from, until)
            : request.Create(_certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), from, until,
                [1, .. RandomNumberGenerator.GetBytes(8)]); // not nested in the authority's time, as a foreign tool might

        Write($"{name}.crt", certificate.ExportCertificatePem());
        Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File($"{name}.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return new NodeFiles(File($"{name}.crt"), File($"{name}.key"), File("authority.crt"));
    }

    /// <summary>Loads a node's certificate, however bad it is.</summary>
    public static X509Certificate2 Load(NodeFiles files)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null); // for Windows
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }
}
