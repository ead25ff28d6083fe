using System.Security.Cryptography.X509Certificates;

namespace JoChat.Gateway;

/// <summary>What an operator should see to about a certificate that can be used.</summary>
[Flags]
internal enum CertificateConcerns
{
    None = 0,

    /// <summary>It expires within <see cref="CertificateConcern.Notice"/>.</summary>
    ExpiresSoon = 1,

    /// <summary>It has expired: no client that checks it connects.</summary>
    Expired = 2,

    /// <summary>Others than the owner of its private key's file may read that, or write to it.</summary>
    KeyIsExposed = 4,
}

/// <summary>Finds what is of concern.</summary>
internal static class CertificateConcern
{
    /// <summary>How long before the end of a certificate there is time to renew it.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Judges a certificate and the file of its key.</summary>
    public static CertificateConcerns Find(X509Certificate2 certificate, string keyPath, DateTimeOffset now)
    {
        var left = certificate.NotAfter.ToUniversalTime() - now.UtcDateTime;
        var concerns = left <= TimeSpan.Zero ? CertificateConcerns.Expired
            : left <= Notice ? CertificateConcerns.ExpiresSoon
            : CertificateConcerns.None;
        return IsExposed(keyPath) ? concerns | CertificateConcerns.KeyIsExposed : concerns;
    }

    private static bool IsExposed(string path)
    {
        if (OperatingSystem.IsWindows()) { return false; }
        try
        {
            return (File.GetUnixFileMode(path) & Others) != 0; // of the file behind any links
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // it is being replaced
        }
    }
}
