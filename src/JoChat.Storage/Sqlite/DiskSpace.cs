namespace JoChat.Storage;

/// <summary>Distinguishes a full disk from a broken one: SQLite reports some failures for lack of space as I/O errors.
/// </summary>
internal static class DiskSpace
{
    public const string Full = "the disk is full; free some space on it";

    private const long MinFreeBytes = 64 * 1024; // what SQLite needs beside the file to open it

    /// <summary>Whether the disk of the file has no space left.</summary>
    /// <param name="path">A full path.</param>
    public static bool IsExhausted(string path)
    {
        try
        {
            return Path.GetDirectoryName(path) is { } folder
                && new DriveInfo(folder).AvailableFreeSpace < MinFreeBytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // then the error that SQLite reported has to do
        }
    }
}
