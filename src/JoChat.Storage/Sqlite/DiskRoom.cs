namespace JoChat.Storage;

/// <summary>Tells a full disk from a broken one: SQLite reports some failures for want of room as failures of the disk.
/// </summary>
internal static class DiskRoom
{
    public const string Full = "the disk is full; free some space on it";

    private const long LeastBytes = 64 * 1024; // what SQLite needs beside the file to open it

    /// <summary>Whether the disk on which the file lies has no room left.</summary>
    /// <param name="path">A full path.</param>
    public static bool IsUsedUp(string path)
    {
        try
        {
            return Path.GetDirectoryName(path) is { } folder
                && new DriveInfo(folder).AvailableFreeSpace < LeastBytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // then what was reported has to do
        }
    }
}
