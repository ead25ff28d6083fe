namespace JoChat.Storage;

/// <summary>The files of a database of the original JoChat. They are copied and only the copy is opened: SQLite would write
/// to them, to finish what a program that was killed has left, or make others beside them.</summary>
internal static class OriginalFile
{
    // Where SQLite locks: in the database 510 bytes and two before them, in the index of the WAL eight and one.
    private const long FirstLock = 0x4000_0000, FirstWalLock = 120;
    private const int Locks = 512, WalLocks = 9;

    private static readonly string[] Beside = ["-wal", "-journal"];

    /// <summary>Copies them.</summary>
    /// <param name="path">The database.</param>
    /// <param name="copy">Where to; what is there is replaced.</param>
    /// <returns>The state of the files that were copied.</returns>
    /// <exception cref="StorageException">There is none, it is no database, or somebody writes to it.</exception>
    public static OriginalFileState Copy(string path, string copy)
    {
        if (Directory.Exists(path)) { throw Refused($"{path} is a folder; name the original's database in it"); }
        if (!File.Exists(path)) { throw Refused($"there is no database {path} to import"); }
        try
        {
            EnsureRegular(path);
            if (OperatingSystem.IsLinux()) { LinuxFile.RefuseOtherName(path); }
            EnsureUnlocked(path);
            EnsureDatabase(path);
            var before = OriginalFileState.Of(path, Beside);
            CopyAsTheyAre(path, copy);
            if (!before.Equals(OriginalFileState.Of(path, Beside))) { throw InUse(path); }
            return before;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw DiskSpace.IsExhausted(copy)
                ? new StorageException($"cannot copy {path}: {DiskSpace.Full}", isTransient: true, fault)
                : new StorageException($"cannot copy {path} to {copy}: {fault.Message}", isTransient: false, fault);
        }
    }

    /// <summary>Copies them, whoever uses them.</summary>
    public static void CopyAsTheyAre(string path, string copy)
    {
        Delete(copy);
        CopyOne(path, copy);
        foreach (var end in Beside.Where(end => File.Exists(path + end))) { CopyOne(path + end, copy + end); }
    }

    /// <summary>Throws <see cref="StorageException"/> if they are not as they were, or somebody is about to change
    /// them.</summary>
    public static void EnsureUnchanged(string path, OriginalFileState before)
    {
        try
        {
            EnsureUnlocked(path);
            if (before.Equals(OriginalFileState.Of(path, Beside))) { return; }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"cannot read {path} again: {fault.Message}", isTransient: false, fault);
        }
        throw Refused($"{path} was changed while it was imported, so the copy is not complete; stop the original server, "
            + "and run this again");
    }

    /// <summary>Deletes a copy, if there is one, and what SQLite has made beside it.</summary>
    public static void Delete(string copy)
    {
        foreach (var end in (string[])["", "-shm", .. Beside]) { File.Delete(copy + end); }
    }

    private static void EnsureRegular(string path)
    {
        if (OperatingSystem.IsLinux()
            && !(LinuxFile.TryFind(LinuxFile.Terminated(path), out var status) && status.IsRegular))
        {
            throw Refused($"{path} is not a regular file; name the original's database");
        }
    }

    private static void EnsureDatabase(string path)
    {
        using var file = OpenRead(path);
        Span<byte> head = stackalloc byte[DatabaseFile.Magic.Length];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (length == 0) { throw Refused($"{path} is empty: there is nothing to import"); }
        if (!head[..length].SequenceEqual(DatabaseFile.Magic))
        {
            throw Refused($"{path} is not a database; name the original's database");
        }
    }

    // Where that cannot be told, a change still is.
    private static void EnsureUnlocked(string path)
    {
        EnsureUnlocked(path, FirstLock, Locks);
        EnsureUnlocked(path + "-shm", FirstWalLock, WalLocks, path);
    }

    private static void EnsureUnlocked(string path, long first, int count, string? database = null)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path)) { return; }
        using var file = OpenRead(path);
        if (LinuxFile.IsLocked(file.SafeFileHandle, first, count)) { throw InUse(database ?? path); }
    }

    private static void CopyOne(string path, string copy)
    {
        using var source = OpenRead(path);
        using var target = PrivateFile.Open(copy, FileShare.ReadWrite);
        source.CopyTo(target);
    }

    // Without a lock of .NET's, which would keep other programs away.
    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static StorageException InUse(string path) =>
        Refused($"{path} is in use by another program; stop the original server, and run this again");

    private static StorageException Refused(string message) => new(message, isTransient: false);
}
