namespace JoChat.Gateway;

/// <summary>A text that becomes a file.</summary>
/// <param name="Path">Where.</param>
/// <param name="Text">What is in it.</param>
/// <param name="IsSecret">Whether its owner alone may read it.</param>
internal sealed record NewFile(string Path, string Text, bool IsSecret);

/// <summary>Files that appear whole and all of them, or not at all. What is there is never overwritten.</summary>
internal static class NewFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes them.</summary>
    /// <param name="files">The one that makes the others complete comes last: a crash may leave the first ones.</param>
    /// <exception cref="ClusterCaException">One of them exists, or cannot be written.</exception>
    public static void Write(params IReadOnlyList<NewFile> files)
    {
        // One that stands for nothing, such as a broken link, is found by Move.
        if (files.FirstOrDefault(file => Path.Exists(file.Path)) is { } existing)
        {
            throw new ClusterCaException($"\"{existing.Path}\" is there already, and is not overwritten");
        }
        var mine = new List<string>();
        var current = files[0];
        try
        {
            var temporary = files.Select(file => $"{file.Path}.{Guid.NewGuid():N}.tmp").ToList();
            foreach (var (file, path) in files.Zip(temporary))
            {
                current = file;
                mine.Add(path);
                WriteThrough(path, file);
            }
            foreach (var (file, path) in files.Zip(temporary))
            {
                current = file;
                File.Move(path, file.Path, overwrite: false);
                mine.Add(file.Path);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            foreach (var path in mine) { TryDelete(path); }
            throw new ClusterCaException($"\"{current.Path}\" cannot be written: {Reason(fault)}");
        }
    }

    // The mode is there from the first byte on.
    private static void WriteThrough(string path, NewFile file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = file.IsSecret ? Owner : Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }
        using var stream = new FileStream(path, options);
        using (var writer = new StreamWriter(stream, leaveOpen: true)) { writer.Write(file.Text); }
        stream.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What was the matter is told already.
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        UnauthorizedAccessException => "this user may not write there",
        DirectoryNotFoundException => "there is no such folder",
        _ => fault.Message,
    };
}
