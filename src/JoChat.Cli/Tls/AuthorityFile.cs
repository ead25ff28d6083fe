using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(BoundedFile.ReadText(path, MaxBytes));
        }
        catch (IOException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
        catch (CryptographicException)
        {
            // The same as none.
        }
        return certificates.Count > 0
            ? certificates
            : throw new CommandFailedException($"{path} holds no certificates in PEM.");
    }
}
