namespace JoChat.Gateway;

/// <summary>The file for a manifest.</summary>
internal static class ManifestFile
{
    /// <summary>Opens it. What is there already is replaced if it is a manifest or empty, and nothing else.</summary>
    /// <exception cref="IOException">It is something else, or cannot be written.</exception>
    public static StreamWriter Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (!IsManifest(file))
            {
                file.Dispose();
                throw new IOException($"{path} is there already and is no manifest; name another file for it");
            }
            file.SetLength(0);
            return new StreamWriter(file);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"cannot write the manifest {path}: {fault.Message}", fault);
        }
    }

    // Its first line is that of the accounts.
    private static bool IsManifest(FileStream file)
    {
        var start = "accounts "u8;
        Span<byte> read = stackalloc byte[start.Length];
        return file.Length == 0
            || read[..file.ReadAtLeast(read, read.Length, throwOnEndOfStream: false)].SequenceEqual(start);
    }
}
