using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Testing;

/// <summary>A self-signed certificate for the gateway process of a test.</summary>
public static class TestCertificate
{
    /// <summary>Writes it and its key as PEM files into a folder.</summary>
    /// <returns>The gateway's arguments that name the files, for a gateway that runs in the folder.</returns>
    public static async Task<string[]> WriteAsync(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=jochat-test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder.File("server.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("server.key"), key.ExportPkcs8PrivateKeyPem());
        return
        [
            "--set", "jochat.gateway.tls.certificate=server.crt", "--set", "jochat.gateway.tls.key=server.key",
        ];
    }
}
