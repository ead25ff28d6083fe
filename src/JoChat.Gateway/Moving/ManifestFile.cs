namespace JoChat.Gateway;

/// <summary>The file for a manifest, which is written beside it first.</summary>
internal sealed class ManifestFile : IDisposable
{
    private readonly string _path, _beside;

    private ManifestFile(string path)
    {
        (_path, _beside) = (path, path + ".part");
        Writer = new StreamWriter(_beside);
    }

    /// <summary>Where the manifest is to be written.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Begins. What is there already will be replaced if it is a manifest or empty, and nothing else.</summary>
    /// <exception cref="IOException">It is something else, or cannot be written.</exception>
    public static ManifestFile Begin(string path)
    {
        try
        {
            if (File.Exists(path) && !IsManifest(path))
            {
                throw new IOException($"{path} is there already and is no manifest; name another file for it");
            }
            return new ManifestFile(path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"cannot write the manifest {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Puts it in its place: it is whole, and both sides agree.</summary>
    public void Keep()
    {
        Writer.Dispose();
        File.Move(_beside, _path, overwrite: true);
    }

    /// <summary>What was not kept is gone.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        File.Delete(_beside);
    }

    // Its first line is that of the accounts.
    private static bool IsManifest(string path)
    {
        using var file = File.OpenRead(path);
        var start = "accounts "u8;
        Span<byte> read = stackalloc byte[start.Length];
        return file.Length == 0
            || read[..file.ReadAtLeast(read, read.Length, throwOnEndOfStream: false)].SequenceEqual(start);
    }
}
