namespace JoChat.Storage;

/// <summary>Checks the file before SQLite opens it, without changing it; creates one if there is none.</summary>
internal static class DatabaseFile
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

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

    /// <summary>Throws unless the file can be written and is empty, new, or begins as an SQLite database.</summary>
    /// <returns>Whether there is anything in it.</returns>
    public static bool CheckContent(string path)
    {
        try
        {
            using var file = new FileStream(path, OwnerOnly());
            if (!file.CanSeek) { throw Refused($"{path} is not a regular file; name another as the database"); }
            if (file.Length == 0) { return false; }

            Span<byte> start = stackalloc byte[Magic.Length];
            var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (!start[..length].SequenceEqual(Magic))
            {
                throw Refused($"{path} is not a database; name another file or move this one away");
            }
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"cannot write {path} ({fault.Message.TrimEnd('.')}): let this user write to it",
                isTransient: false, fault);
        }
    }

    // Everybody's messages are in it, so only its owner may read it. SQLite gives the files beside it the same mode.
    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        return options;
    }

    private static StorageException Refused(string message) => new(message, isTransient: false);
}
