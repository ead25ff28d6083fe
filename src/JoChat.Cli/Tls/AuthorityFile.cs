using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JoChat.Cli.Tls;

/// <summary>The file of <c>--ca-file</c>.</summary>
internal static class AuthorityFile
{
    // Those of a whole system are about 220 KiB.
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads the certificates in it.</summary>
    /// <exception cref="CommandFailedException">It cannot be read, or there are none.</exception>
    public static X509Certificate2Collection Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes];
            var length = file.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false);
            var certificates = new X509Certificate2Collection();
            if (length < MaxBytes) { certificates.ImportFromPem(Encoding.ASCII.GetString(bytes, 0, length)); }
            if (certificates.Count > 0) { return certificates; }
        }
        catch (CryptographicException)
        {
            // The same as none.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException($"--ca-file: \"{path}\" cannot be read.");
        }
        throw new CommandFailedException($"--ca-file: \"{path}\" holds no certificates in PEM.");
    }
}
