using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JoChat.Protocol;

namespace JoChat.Gateway.Tests;

/// <summary>A folder with self-signed certificates.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string CertificatePath => _folder.File("server.crt");

    private string KeyPath => _folder.File("server.key");

    /// <summary>Makes a certificate and its key in two files, in place of what was there.</summary>
    public TlsOptions MakePem(string name, string? password = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(name, key);
        var strength = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        File.WriteAllText(KeyPath, password is null
            ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, strength));
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        KeepSecret(KeyPath);
        return new TlsOptions(CertificatePath, KeyPath, password is null ? null : new Secret(password));
    }

    /// <summary>Makes a certificate and its key in one PEM file.</summary>
    public TlsOptions MakeOnePem(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(name, key);
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        KeepSecret(CertificatePath);
        return new TlsOptions(CertificatePath, null, null);
    }

    /// <summary>Makes a PFX file.</summary>
    public TlsOptions MakePfx(string name, string? password)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(name, key);
        File.WriteAllBytes(CertificatePath, certificate.Export(X509ContentType.Pkcs12, password));
        KeepSecret(CertificatePath);
        return new TlsOptions(CertificatePath, null, password is null ? null : new Secret(password));
    }

    /// <summary>When the certificates that are made expire.</summary>
    public DateTimeOffset NotAfter { get; set; } = DateTimeOffset.UtcNow.AddDays(90);

    /// <summary>Leaves in the certificate's file what is none.</summary>
    public void Break(string text) => File.WriteAllText(CertificatePath, text);

    public void Dispose() => _folder.Dispose();

    private static void KeepSecret(string path)
    {
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite); }
    }

    private X509Certificate2 Make(string name, ECDsa key) =>
        new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-90), NotAfter);
}
