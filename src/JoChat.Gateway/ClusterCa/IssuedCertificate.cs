using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Gateway;

/// <summary>A new certificate and its key, as the text of their files.</summary>
/// <param name="Certificate">In PEM.</param>
/// <param name="Key">In PEM; not locked.</param>
/// <param name="NotAfter">When it expires.</param>
internal sealed record IssuedCertificate(string Certificate, string Key, DateTime NotAfter)
{
    public static IssuedCertificate Of(X509Certificate2 certificate, ECDsa key) =>
        new(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", certificate.NotAfter);

    /// <summary>The day, in UTC.</summary>
    public static string Date(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>No key in a log.</summary>
    public override string ToString() => $"a certificate until {Date(NotAfter)}";
}
