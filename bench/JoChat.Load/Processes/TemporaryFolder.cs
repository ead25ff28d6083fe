namespace JoChat.Load;

/// <summary>A new folder, deleted with this object.</summary>
/// <param name="parent">Where; must exist.</param>
internal sealed class TemporaryFolder(string parent) : IDisposable
{
    private static readonly string[] MemoryFormats = ["tmpfs", "ramfs"];

    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(parent, $"jochat-load-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;

    /// <summary>Makes one that is on a real disk, for what is measured.</summary>
    /// <exception cref="LoadFailedException">The parent lies in memory, where a sync costs nothing.</exception>
    public static TemporaryFolder OnDisk(string parent)
    {
        var format = new DriveInfo(System.IO.Path.GetFullPath(parent)).DriveFormat;
        return MemoryFormats.Contains(format)
            ? throw new LoadFailedException($"{parent} is on {format}, not on a disk; name another with --folder")
            : new TemporaryFolder(parent);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
