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
        var isPem = IsPem(bytes);
        try
        {
            var chain = new X509Certificate2Collection();
            var password = files.Password?.Value;
            var certificate = isPem
                ? LoadPem(Encoding.Latin1.GetString(bytes), Encoding.Latin1.GetString(key), password, chain)
                : LoadPfx(bytes, password, chain);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw isPem ? FaultOfPem(files, bytes, key) : Unusable(
                files.CertificatePath, "certificate",
                "it is neither PEM nor a PFX file with a private key that jochat.gateway.tls.password opens");
        }
    }

    // What .NET says of them is for programmers, and does not tell the certificate from the key.
    private static InvalidDataException FaultOfPem(TlsOptions files, byte[] bytes, byte[] key)
    {
        const string WholeFile = "it holds no certificate in PEM that can be read: give the whole file "
            + "that the authority has sent, -----BEGIN CERTIFICATE----- first";
        if (!HoldsCertificates(bytes)) { return Unusable(files.CertificatePath, "certificate", WholeFile); }
        var (path, setting) = files.KeyPath is { } own ? (own, "key") : (files.CertificatePath, "certificate");
        if (key.AsSpan().IndexOf("PRIVATE KEY-----"u8) < 0)
        {
            return Unusable(path, setting, files.KeyPath is null
                ? "it holds no private key: add it, or name its file with jochat.gateway.tls.key"
                : "it holds no private key in PEM");
        }
        return (IsLocked(key), files.Password) switch
        {
            (true, null) => Unusable(path, setting, "its private key is locked: set jochat.gateway.tls.password"),
            (true, _) => Unusable(path, setting,
                "jochat.gateway.tls.password does not open its private key, or that is of another certificate"),
            (false, null) => Unusable(path, setting,
                $"its private key is not that of the certificate in \"{files.CertificatePath}\", or is damaged"),
            (false, _) => Unusable(path, setting,
                "its private key is not locked: leave jochat.gateway.tls.password out"),
        };
    }

    private static bool IsPem(byte[] file) => file.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static bool IsLocked(byte[] key) => key.AsSpan().IndexOf("ENCRYPTED"u8) >= 0;

    private static bool HoldsCertificates(byte[] pem)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(Encoding.Latin1.GetString(pem));
            return chain.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
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
            throw Unusable(path, setting, fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException when Directory.Exists(path) => "it is a folder",
                UnauthorizedAccessException => "the user that runs the server may not read it",
                _ => "it cannot be read",
            });
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
