using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Client;

/// <summary>A server's certificate that was not trusted.</summary>
/// <param name="Fingerprint">As <see cref="FingerprintOf"/> gives it.</param>
/// <param name="Problem">What is wrong with it, for the middle of a sentence.</param>
public sealed record UntrustedCertificate(string Fingerprint, string Problem)
{
    /// <summary>What tells a certificate from every other: <c>SHA256:</c> and 64 lower-case hexadecimal digits.
    /// </summary>
    /// <param name="certificate">The certificate.</param>
    public static string FingerprintOf(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return "SHA256:" + Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
    }
}
