using System.Diagnostics.Metrics;

namespace JoChat.Gateway;

/// <summary>The files of a database of SQLite, as they are seen from outside: looked at when somebody asks, and not by the
/// writer.</summary>
/// <param name="path">The database.</param>
internal sealed class StoreFiles(string path)
{
    /// <summary>The size of the database and of its WAL, in bytes.</summary>
    public IEnumerable<Measurement<long>> MeasureSizes() =>
    [
        new(SizeOf(path), new KeyValuePair<string, object?>("file", "database")),
        new(SizeOf(path + "-wal"), new KeyValuePair<string, object?>("file", "wal")),
    ];

    /// <summary>What is free on its disk, in bytes; nothing if that cannot be told.</summary>
    public IEnumerable<Measurement<long>> MeasureFree()
    {
        try
        {
            return [new(new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static long SizeOf(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : 0;
}
