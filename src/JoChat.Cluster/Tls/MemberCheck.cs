using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JoChat.Cluster;

/// <summary>Says whose certificate is that of a node of the cluster: what the authority itself has issued for client and
/// server use, while both are valid.</summary>
/// <remarks>The host's name is not looked at: every node of the authority is a member, whatever its address. So the
/// authority must be the cluster's alone. Nothing is revoked either: a node whose key was stolen means a new
/// authority.</remarks>
/// <param name="authority">The authority's certificate.</param>
/// <param name="time">By which certificates expire.</param>
internal sealed class MemberCheck(X509Certificate2 authority, TimeProvider time)
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Judges a certificate.</summary>
    /// <returns>Why it is no member's, in words; null if it is one's.</returns>
    public string? FaultOf(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust; // none of the system's
        policy.CustomTrustStore.Add(authority);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true; // a stranger's certificate would choose what this node asks for
        policy.VerificationTime = time.GetUtcNow().LocalDateTime;
        policy.ApplicationPolicy.Add(ServerUse);
        policy.ApplicationPolicy.Add(ClientUse);
        try
        {
            return chain.Build(certificate) ? FaultOfUses(certificate)
                : Describe(chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status), certificate);
        }
        finally
        {
            foreach (var element in chain.ChainElements) { element.Certificate.Dispose(); }
        }
    }

    // To a chain, a certificate that names no uses is one for all of them; and so is the authority's own.
    private static string? FaultOfUses(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any() ? null : WrongUse;

    private const string WrongUse = "it is not for use as a server and as a client (extended key usage)";

    private string Describe(X509ChainStatusFlags status, X509Certificate2 certificate)
    {
        const X509ChainStatusFlags Foreign = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot
            | X509ChainStatusFlags.NotSignatureValid;
        if ((status & Foreign) != 0) { return "it was not issued by the cluster's authority"; }
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return FaultOfTime(certificate) is { } own ? $"it {own}" : $"the authority's {FaultOfTime(authority)}";
        }
        return status.HasFlag(X509ChainStatusFlags.NotValidForUsage) ? WrongUse : $"{status}";
    }

    private string? FaultOfTime(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow().LocalDateTime;
        return now > certificate.NotAfter ? $"expired on {Date(certificate.NotAfter)}"
            : now < certificate.NotBefore ? $"is not valid before {Date(certificate.NotBefore)}: are the clocks right?"
            : null;
    }

    private static string Date(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
