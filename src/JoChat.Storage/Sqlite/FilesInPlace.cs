using System.Runtime.Versioning;

namespace JoChat.Storage;

/// <summary>The files that SQLite holds open, by their names. SQLite goes on writing to a file that was deleted, moved or
/// replaced, and nobody would find what it wrote.</summary>
/// <remarks>On Linux. Windows does not let an open file be moved or deleted; on other systems nothing is checked.
/// </remarks>
internal sealed class FilesInPlace
{
    private readonly List<Place> _places = [];

    /// <summary>Notes which files are there now.</summary>
    /// <param name="link">What leads to the first of them; it may be its path.</param>
    /// <param name="files">Their own paths: a link in the place of one is another file, for SQLite's other files would
    /// be looked for beside what it leads to.</param>
    public FilesInPlace(string link, params IReadOnlyList<string> files)
    {
        if (!OperatingSystem.IsLinux()) { return; }
        foreach (var file in files) { _places.Add(Look(file, isLink: false)); }
        if (link != files[0]) { _places.Add(Look(link, isLink: true)); }
    }

    /// <summary>The first path that no longer leads to its file; null if all do. A system call for each.</summary>
    public string? FindMoved()
    {
        if (!OperatingSystem.IsLinux()) { return null; }
        foreach (var place in _places)
        {
            var isThere = LinuxFile.TryFind(place.Terminated, out var status, place.IsLink)
                && status.Identity == place.Identity;
            if (!isThere) { return place.Path; }
        }
        return null;
    }

    [SupportedOSPlatform("linux")]
    private static Place Look(string path, bool isLink)
    {
        var terminated = LinuxFile.Terminated(path);
        LinuxFile.TryFind(terminated, out var status, isLink); // if there is none, it is missing from the start
        return new Place(path, terminated, isLink, status.Identity);
    }

    private readonly record struct Place(string Path, byte[] Terminated, bool IsLink, (uint, uint, ulong) Identity);
}
