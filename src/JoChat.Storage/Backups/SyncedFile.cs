namespace JoChat.Storage;

/// <summary>Files that are their owner's alone, and on the disk before they get their name.</summary>
public static class SyncedFile
{
    /// <summary>Creates a file. What is there under the name, of a run that was ended, is replaced.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(path); // what is there may be others' to read
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        return new FileStream(path, options);
    }

    /// <summary>The same as <see cref="Create"/> for a file that two processes may want at once.</summary>
    /// <returns>Null if another has it open. It is the caller's, and may be deleted by it, until it is closed.</returns>
    internal static FileStream? TryCreateAlone(string path)
    {
        if (!OperatingSystem.IsLinux()) { return Create(path); } // Windows does not delete what is open
        var file = OpenPrivate(path);
        // Who had it may have given it another name, or deleted it, between the opening and the lock.
        if (LinuxFile.TryLockByte(file.SafeFileHandle, DatabaseFile.LockedByte) && DatabaseFile.IsAt(path, file))
        {
            file.SetLength(0);
            return file;
        }
        file.Dispose();
        return null;
    }

    private static FileStream OpenPrivate(string path)
    {
        try
        {
            return PrivateFile.Open(path, FileShare.ReadWrite);
        }
        catch (IOException fault)
        {
            throw new IOException($"cannot write {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Syncs the names in a file's folder.</summary>
    public static void SyncFolderOf(string path)
    {
        if (OperatingSystem.IsLinux()) { LinuxFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!); }
    }
}
