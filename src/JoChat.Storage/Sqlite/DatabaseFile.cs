namespace JoChat.Storage;

/// <summary>The database's file itself, held open beside SQLite: looked at before SQLite opens it, and locked under
/// whatever name it was opened.</summary>
/// <remarks>It is closed last: closing any opening of a file releases the POSIX locks that SQLite holds on it in this
/// process.</remarks>
internal sealed class DatabaseFile : IDisposable
{
    /// <summary>Locked by who has the file alone. It is far behind those that SQLite locks.</summary>
    public const long LockedByte = 1L << 62;

    private readonly FileStream _file;

    private DatabaseFile(FileStream file, bool hasContent) => (_file, HasContent) = (file, hasContent);

    /// <summary>Whether there is anything in it.</summary>
    public bool HasContent { get; }

    /// <summary>What every SQLite database begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Throws unless the path may be a database file: its folder exists and it is not a folder
    /// itself.</summary>
    public static void CheckPath(string path)
    {
        if (Directory.Exists(path)) { throw Refused($"{path} is a folder; name a file in it as the database"); }
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
        {
            throw Refused($"cannot open {path}: there is no folder {folder}; make it or name another database file");
        }
    }

    /// <summary>Opens and locks the file, or creates one. Throws <see cref="StorageException"/> unless it can be written,
    /// is no other gateway's and is empty, new, or begins as an SQLite database. Its content is not changed.</summary>
    public static DatabaseFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = PrivateFile.Open(path, FileShare.ReadWrite);
            if (OperatingSystem.IsLinux() && !LinuxFile.TryLockByte(file.SafeFileHandle, LockedByte))
            {
                throw Refused($"{path} is in use by another JoChat gateway");
            }
            TightenBeside(path);
            return new DatabaseFile(file, CheckContent(file, path));
        }
        catch (StorageException)
        {
            file?.Dispose();
            throw;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new StorageException(
                $"cannot write {path} ({fault.Message.TrimEnd('.')}): let this user write to it, and own it",
                isTransient: false, fault);
        }
    }

    /// <summary>Whether a path leads to this file. Where that cannot be told, it does.</summary>
    public bool IsAt(string path) => IsAt(path, _file);

    /// <summary>Whether a path leads to an open file. Where that cannot be told, it does.</summary>
    public static bool IsAt(string path, FileStream file) => !OperatingSystem.IsLinux()
        || (LinuxFile.TryFind(LinuxFile.Terminated(path), out var found)
            && found.Identity == LinuxFile.StatusOf(file.SafeFileHandle).Identity);

    public void Dispose() => _file.Dispose();

    // SQLite gives the files that it makes beside the database the same rights; these are of a process that was killed.
    private static void TightenBeside(string path)
    {
        foreach (var beside in (string[])[path + "-wal", path + "-shm"])
        {
            if (File.Exists(beside)) { PrivateFile.Open(beside, FileShare.ReadWrite).Dispose(); }
        }
    }

    private static bool CheckContent(FileStream file, string path)
    {
        if (file.Length == 0) { return false; }

        Span<byte> start = stackalloc byte[Magic.Length];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start[..length].SequenceEqual(Magic))
        {
            throw Refused($"{path} is not a database; name another file or move this one away");
        }
        return true;
    }

    private static StorageException Refused(string message) => new(message, isTransient: false);
}
