using System.Text;

namespace JoChat.Gateway;

/// <summary>The folder of an authority, which its owner alone may look into.</summary>
/// <param name="path">The folder, as the operator calls it.</param>
internal sealed class AuthorityFolder(string path)
{
    private const int MaxBytes = 64 * 1024; // a file may be a device without an end

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Certificate => Path.Combine(path, "authority.crt");

    public string Key => Path.Combine(path, "authority.key");

    /// <summary>Makes an authority in it.</summary>
    /// <exception cref="ClusterCaException">There is one, or it cannot be written.</exception>
    public IssuedCertificate Create(DateTimeOffset now)
    {
        if (Path.Exists(Key) || Path.Exists(Certificate))
        {
            throw new ClusterCaException($"\"{path}\" holds an authority already (or a part of one): it is not "
                + "overwritten, since all certificates that it issued would be worth nothing; take another folder");
        }
        Make(path);
        EnsurePrivate();
        var made = ClusterAuthority.Create(now);
        NewFiles.Write(
            new NewFile(Certificate, made.Certificate, IsSecret: false), new NewFile(Key, made.Key, IsSecret: true));
        return made;
    }

    /// <summary>Takes the authority in it.</summary>
    /// <exception cref="ClusterCaException">There is none that can be used.</exception>
    public ClusterAuthority Load(DateTimeOffset now)
    {
        if (!File.Exists(Certificate) && !File.Exists(Key))
        {
            throw new ClusterCaException($"there is no authority in \"{path}\", or this user may not look there: "
                + "make one with \"cluster-ca init\", or name its folder with --dir");
        }
        var (certificate, key) = (Read(Certificate), Read(Key));
        try
        {
            return ClusterAuthority.Load(certificate, key, now);
        }
        catch (ClusterCaException fault)
        {
            throw new ClusterCaException($"the authority in \"{path}\" cannot be used: {fault.Message}");
        }
    }

    /// <summary>Makes a folder that its owner alone may use, if there is none.</summary>
    /// <exception cref="ClusterCaException">It cannot be made.</exception>
    public static void Make(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); }
            else { Directory.CreateDirectory(folder, Owner); }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ClusterCaException($"the folder \"{folder}\" cannot be made: {fault.Message}");
        }
    }

    private void EnsurePrivate()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new ClusterCaException(
                $"other users of this machine may use the folder \"{path}\": take their rights away (chmod 700), "
                + "or take another folder");
        }
    }

    private static string Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes) { throw new ClusterCaException($"\"{file}\" is too long to be what it should be"); }
            return Encoding.Latin1.GetString(bytes, 0, length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ClusterCaException($"\"{file}\" cannot be read: " + fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "this user may not",
                _ => fault.Message,
            });
        }
    }
}
