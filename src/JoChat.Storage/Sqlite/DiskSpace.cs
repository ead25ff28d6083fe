namespace JoChat.Storage;

/// <summary>Distinguishes a full disk from a broken one: SQLite reports some failures for lack of space as I/O errors.
/// </summary>
internal static class DiskSpace
{
    public const string Full = "the disk is full; free some space on it";

    private const long MinFreeBytes = 64 * 1024; // what SQLite needs beside the file to open it

    /// <summary>Whether the disk of the file has no space left.</summary>
    /// <param name="path">A full path.</param>
    public static bool IsExhausted(string path) => FreeOf(path) < MinFreeBytes;

    /// <summary>How many bytes are free on the disk of the file; null if that cannot be told.</summary>
    /// <param name="path">A full path.</param>
    public static long? FreeOf(string path)
    {
        try
        {
            return Path.GetDirectoryName(path) is { } folder ? new DriveInfo(folder).AvailableFreeSpace : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
