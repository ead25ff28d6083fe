using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Gateway;

/// <summary>Makes a server's certificate of what is in files.</summary>
internal static class CertificateLoader
{
    /// <summary>Loads a certificate with its key and its chain.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message names the file and says why.</exception>
    public static SslStreamCertificateContext Load(TlsOptions files)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            var certificate = IsPem(files.CertificatePath) ? LoadPem(files, chain) : LoadPfx(files, chain);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception fault) when (fault
            is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidDataException(
                $"jochat.gateway.tls.certificate: \"{files.CertificatePath}\" cannot be used: {fault.Message}");
        }
    }

    private static bool IsPem(string path) =>
        File.ReadAllBytes(path).AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static X509Certificate2 LoadPem(TlsOptions files, X509Certificate2Collection chain)
    {
        chain.ImportFromPemFile(files.CertificatePath);
        using var certificate = files.Password is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(files.CertificatePath, password.Value, files.KeyPath)
            : X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath);
        // Windows cannot serve TLS with a key that is in memory only; as PFX it is imported.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 LoadPfx(TlsOptions files, X509Certificate2Collection chain)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(files.CertificatePath, files.Password?.Value);
        chain.AddRange(all);
        return all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("it holds no private key");
    }
}
