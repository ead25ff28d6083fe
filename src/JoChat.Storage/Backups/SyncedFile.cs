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

    /// <summary>Syncs the names in a file's folder.</summary>
    public static void SyncFolderOf(string path)
    {
        if (OperatingSystem.IsLinux()) { LinuxFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!); }
    }
}
