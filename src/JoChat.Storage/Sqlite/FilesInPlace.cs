using System.Runtime.Versioning;

namespace JoChat.Storage;

/// <summary>The files that SQLite holds open, by their names. SQLite goes on writing to a file that was deleted, moved or
/// replaced, and nobody would find what it wrote.</summary>
/// <remarks>On Linux. Windows does not let an open file be moved or deleted; on other systems nothing is checked.
/// </remarks>
internal sealed class FilesInPlace
{
    private readonly Place[] _places;

    /// <summary>Notes which files the paths lead to now.</summary>
    public FilesInPlace(params IEnumerable<string> paths) =>
        _places = OperatingSystem.IsLinux() ? [.. paths.Distinct().Select(Look)] : [];

    /// <summary>The first path that no longer leads to its file; null if all do. A system call for each.</summary>
    public string? FindMoved()
    {
        if (!OperatingSystem.IsLinux()) { return null; }
        foreach (var place in _places)
        {
            var isThere = LinuxFile.TryFind(place.Terminated, out var status) && status.Identity == place.Identity;
            if (!isThere) { return place.Path; }
        }
        return null;
    }

    [SupportedOSPlatform("linux")]
    private static Place Look(string path)
    {
        var terminated = LinuxFile.Terminated(path);
        LinuxFile.TryFind(terminated, out var status); // if there is none, it is missing from the start
        return new Place(path, terminated, status.Identity);
    }

    private readonly record struct Place(string Path, byte[] Terminated, (uint, uint, ulong) Identity);
}
