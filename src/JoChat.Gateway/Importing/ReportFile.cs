namespace JoChat.Gateway;

/// <summary>The file for the report of an import, for its owner alone: it holds messages. It is written beside its place
/// first.</summary>
internal sealed class ReportFile : IDisposable
{
    /// <summary>What its first line begins with.</summary>
    public const string Beginning = "{\"kind\":\"import\"";

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _beside;

    private ReportFile(string path)
    {
        (Path, _beside) = (path, path + ".part");
        File.Delete(_beside); // it may have other rights
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = Owner; }
        Writer = new StreamWriter(new FileStream(_beside, options));
    }

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Where the report is to be written.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Begins. What is there already will be replaced if it is such a report, and nothing else.</summary>
    /// <exception cref="IOException">It is something else, or cannot be written.</exception>
    public static ReportFile Begin(string path)
    {
        try
        {
            if (System.IO.Path.Exists(path) && !IsReport(path))
            {
                throw new IOException($"{path} is there already and is no report; name another file for it with --report");
            }
            return new ReportFile(path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"cannot write the report {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Puts it in its place.</summary>
    public void Keep()
    {
        Writer.Flush();
        ((FileStream)Writer.BaseStream).Flush(flushToDisk: true);
        Writer.Dispose();
        File.Move(_beside, Path, overwrite: true);
    }

    /// <summary>What was not kept is gone.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        File.Delete(_beside);
    }

    private static bool IsReport(string path)
    {
        using var file = File.OpenText(path);
        var start = new char[Beginning.Length];
        return file.ReadBlock(start) == start.Length && start.AsSpan().SequenceEqual(Beginning);
    }
}
