namespace JoChat.Storage;

/// <summary>Opens the files of a database so that they are its owner's alone.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for reading and writing; creates one if there is none. If others may read or write it, they
    /// no longer may.</summary>
    /// <param name="path">The file, which must have this name alone and be no link: else it could be somebody else's.
    /// </param>
    /// <param name="share">What others may do meanwhile, where the system knows such a thing.</param>
    /// <exception cref="StorageException">It is another kind of file, or has more names.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, or its rights cannot be changed.</exception>
    public static FileStream Open(string path, FileShare share)
    {
        if (new FileInfo(path).LinkTarget is not null) { throw Refused($"{path} is a link; delete it"); }
        var file = OperatingSystem.IsLinux()
            ? new FileStream(LinuxFile.Open(path), FileAccess.ReadWrite, bufferSize: 0)
            : new FileStream(path, Options(share));
        try
        {
            CheckKind(file, path);
            Tighten(file);
            return file;
        }
        catch (Exception fault) when (fault is StorageException or IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStreamOptions Options(FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = Owner; }
        return options;
    }

    private static void CheckKind(FileStream file, string path)
    {
        FileStatus? status = OperatingSystem.IsLinux() ? LinuxFile.StatusOf(file.SafeFileHandle) : null;
        if (!(status?.IsRegular ?? file.CanSeek))
        {
            throw Refused($"{path} is not a regular file; name another as the database, or move this one away");
        }
        if (status?.Links > 1)
        {
            throw Refused(
                $"{path} has {status.Value.Links} names (hard links), and as two files it would be damaged; " +
                "delete all names but one");
        }
    }

    private static void Tighten(FileStream file)
    {
        if (OperatingSystem.IsWindows()) { return; }
        var mode = File.GetUnixFileMode(file.SafeFileHandle);
        if ((mode & ~Owner) != 0) { File.SetUnixFileMode(file.SafeFileHandle, Owner); }
    }

    private static StorageException Refused(string message) => new(message, isTransient: false);
}
