namespace JoChat.Load;

/// <summary>A new folder on a real disk, gone with this object.</summary>
internal sealed class DiskFolder : IDisposable
{
    private static readonly string[] MemoryFormats = ["tmpfs", "ramfs"];

    /// <summary>Makes the folder.</summary>
    /// <param name="parent">Where; must exist.</param>
    /// <exception cref="LoadFailedException">The parent lies in memory, where a sync costs nothing.</exception>
    public DiskFolder(string parent)
    {
        var format = new DriveInfo(System.IO.Path.GetFullPath(parent)).DriveFormat;
        if (MemoryFormats.Contains(format))
        {
            throw new LoadFailedException($"{parent} is on {format}, not on a disk; name another with --folder");
        }
        Path = Directory.CreateDirectory(
            System.IO.Path.Combine(parent, $"jochat-load-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
