namespace JoChat.Gateway;

/// <summary>By what a changed file is known; the default value stands for one that cannot be opened.</summary>
internal readonly record struct FileStamp(DateTime WrittenUtc, long Length)
{
    /// <summary>Looks at the file behind any links.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return new FileStamp(File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
