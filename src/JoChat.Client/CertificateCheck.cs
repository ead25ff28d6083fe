using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Client;

/// <summary>Judges the server's certificate in one TLS handshake, and keeps what was wrong with it.</summary>
internal sealed class CertificateCheck(JoChatClientOptions options)
{
    private const X509ChainStatusFlags Unsigned =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>The certificate if it was refused, else null.</summary>
    public UntrustedCertificate? Refused { get; private set; }

    /// <summary>The terms of the handshake.</summary>
    public SslClientAuthenticationOptions Terms()
    {
        var terms = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            RemoteCertificateValidationCallback = Validate,
        };
        if (options.TrustedAuthorities is { } authorities)
        {
            terms.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // as without a policy
            };
            terms.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        return terms;
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var isTrusted = options.ValidateCertificate?.Invoke(sender, certificate, chain, errors)
            ?? (errors == SslPolicyErrors.None || IsAccepted(certificate));
        if (!isTrusted && certificate is X509Certificate2 shown)
        {
            var problems = Problems(shown, chain, errors).ToArray();
            Refused = new UntrustedCertificate(
                UntrustedCertificate.FingerprintOf(shown),
                problems.Length == 0 ? "it is not the expected one" : string.Join(", and ", problems));
        }
        return isTrusted;
    }

    private bool IsAccepted(X509Certificate? certificate) => options.AcceptedFingerprint is { } accepted
        && certificate is not null && UntrustedCertificate.FingerprintOf(certificate) == accepted;

    private IEnumerable<string> Problems(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            yield return $"it does not name {options.Host}";
        }
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? 0;
        if ((status & Unsigned) != 0)
        {
            yield return certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
                ? "it is signed by itself"
                : "nobody whom this machine trusts has signed it";
        }
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            yield return certificate.NotAfter < options.Time.GetLocalNow()
                ? $"it expired on {Day(certificate.NotAfter)}"
                : $"it is valid only from {Day(certificate.NotBefore)}";
        }
        if (status.HasFlag(X509ChainStatusFlags.Revoked)) { yield return "it is revoked"; }
        if ((status & ~(Unsigned | X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.Revoked)) != 0)
        {
            yield return "it does not keep the rules for a server's certificate";
        }
    }

    private static string Day(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
