using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Testing;

/// <summary>A self-signed certificate for the gateway process of a test.</summary>
public static class TestCertificate
{
    /// <summary>Writes it and its key as PEM files into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="notAfter">When it expires; null for long after the test.</param>
    /// <returns>The gateway's arguments that name the files, for a gateway that runs in the folder.</returns>
    public static async Task<string[]> WriteAsync(TemporaryFolder folder, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=jochat-test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-90), notAfter ?? DateTimeOffset.UtcNow.AddDays(90));
        await File.WriteAllTextAsync(folder.File("server.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("server.key"), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return
        [
            "--set", "jochat.gateway.tls.certificate=server.crt", "--set", "jochat.gateway.tls.key=server.key",
        ];
    }
}
