using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>The file for the report of an import, for its owner alone: it holds messages. It is written beside its place
/// first.</summary>
internal sealed class ReportFile : IDisposable
{
    /// <summary>What its first line begins with.</summary>
    public const string Beginning = "{\"kind\":\"import\"";

    private const string End = ".importing";

    private readonly string _beside;

    private ReportFile(string path)
    {
        (Path, _beside) = (path, path + End);
        Writer = new StreamWriter(SyncedFile.Create(_beside));
    }

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Where the report is to be written.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Begins. What is there already will be replaced if it is such a report, and nothing else.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="databases">Databases that it may be no file of.</param>
    /// <exception cref="IOException">It is something else, or cannot be written.</exception>
    public static ReportFile Begin(string path, params IEnumerable<string> databases)
    {
        try
        {
            var full = System.IO.Path.GetFullPath(path);
            if (databases.FirstOrDefault(database => IsOf(database, full)) is { } mine)
            {
                throw new IOException($"{path} is a file of the database {mine}; name another file for the report with --report");
            }
            EnsureReplaceable(path, mayBeEmpty: false);
            EnsureReplaceable(path + End, mayBeEmpty: true); // of a run that was killed
            return new ReportFile(path);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"cannot write the report {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Nothing more is written.</summary>
    public void Finish()
    {
        Writer.Flush();
        ((FileStream)Writer.BaseStream).Flush(flushToDisk: true);
        Writer.Dispose();
    }

    /// <summary>Puts it in its place. It is finished.</summary>
    public void Keep()
    {
        File.Move(_beside, Path, overwrite: true);
        SyncedFile.SyncFolderOf(Path);
    }

    /// <summary>Deletes it, kept or not: nothing was imported.</summary>
    public void Withdraw()
    {
        if (!File.Exists(_beside)) { File.Delete(Path); }
    }

    /// <summary>What was not kept is gone.</summary>
    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        catch (IOException)
        {
            // What it still held does not fit on the disk, and is deleted.
        }
        File.Delete(_beside);
    }

    private static bool IsOf(string database, string path) => path.StartsWith(database, StringComparison.Ordinal)
        && path[database.Length..] is var end
        && (end is "" or "-wal" or "-shm" or "-journal" or "-lock" || end.StartsWith(".importing", StringComparison.Ordinal));

    private static void EnsureReplaceable(string path, bool mayBeEmpty)
    {
        if (!System.IO.Path.Exists(path) || IsReport(path, mayBeEmpty)) { return; }
        throw new IOException($"{path} is there already and is no report; name another file for it with --report");
    }

    private static bool IsReport(string path, bool mayBeEmpty)
    {
        using var file = File.OpenText(path);
        var start = new char[Beginning.Length];
        var read = file.ReadBlock(start);
        return start.AsSpan(0, read).SequenceEqual(Beginning) || (read == 0 && mayBeEmpty);
    }
}
