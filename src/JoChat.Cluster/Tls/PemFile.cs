using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JoChat.Cluster;

/// <summary>A file of <see cref="NodeFiles"/>.</summary>
/// <param name="setting">Which, as the settings call it.</param>
/// <param name="path">Where.</param>
internal sealed class PemFile(string setting, string path)
{
    private const int MaxBytes = 64 * 1024; // a file may be a device without an end

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public string Read()
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MaxBytes ? Encoding.Latin1.GetString(bytes, 0, length)
                : throw Unusable("it is too long");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unusable(fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException when Directory.Exists(path) => "it is a folder",
                UnauthorizedAccessException => "the user that runs the server may not read it",
                _ => "it cannot be read",
            });
        }
    }

    /// <summary>Reads it as one certificate.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or holds none or several.</exception>
    public X509Certificate2 ReadCertificate()
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Read());
        }
        catch (CryptographicException)
        {
            // It is told below.
        }
        return all.Count == 1 ? all[0] : throw Unusable(all.Count == 0
            ? "it holds no certificate in PEM" : "it holds several certificates, and must hold one");
    }

    /// <summary>Whether others than its owner may read it or write to it, links followed.</summary>
    public bool IsExposed()
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // it is being replaced
        }
    }

    public InvalidDataException Unusable(string why) =>
        new($"jochat.cluster.tls.{setting}: \"{path}\" cannot be used: {why}");
}
