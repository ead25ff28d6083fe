using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JoChat.Gateway;

/// <summary>Makes a server's certificate of what is in files.</summary>
internal static class CertificateLoader
{
    private const int MaxBytes = 1024 * 1024; // a file may be a device without an end

    /// <summary>Loads a certificate with its key and its chain.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message names the file and says why.</exception>
    public static SslStreamCertificateContext Load(TlsOptions files)
    {
        var bytes = ReadFile(files.CertificatePath, "certificate");
        var key = files.KeyPath is { } path ? ReadFile(path, "key") : bytes;
        try
        {
            var chain = new X509Certificate2Collection();
            var password = files.Password?.Value;
            var certificate = bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0
                ? LoadPem(Encoding.Latin1.GetString(bytes), Encoding.Latin1.GetString(key), password, chain)
                : LoadPfx(bytes, password, chain);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw Unusable(files.CertificatePath, "certificate", fault.Message);
        }
    }

    private static byte[] ReadFile(string path, string setting)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MaxBytes ? bytes[..length] : throw Unusable(
                path, setting, FormattableString.Invariant($"it is longer than {MaxBytes:N0} bytes"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var isMissing = fault is FileNotFoundException or DirectoryNotFoundException;
            throw Unusable(path, setting, isMissing ? "there is no such file" : "it cannot be read");
        }
    }

    private static X509Certificate2 LoadPem(
        string text, string key, string? password, X509Certificate2Collection chain)
    {
        chain.ImportFromPem(text);
        using var certificate = password is null
            ? X509Certificate2.CreateFromPem(text, key)
            : X509Certificate2.CreateFromEncryptedPem(text, key, password);
        // Windows cannot serve TLS with a key that is in memory only; as PFX it is imported.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 LoadPfx(byte[] bytes, string? password, X509Certificate2Collection chain)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        chain.AddRange(all);
        return all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("it holds no private key");
    }

    private static InvalidDataException Unusable(string path, string setting, string why) =>
        new($"jochat.gateway.tls.{setting}: \"{path}\" cannot be used: {why}");
}
