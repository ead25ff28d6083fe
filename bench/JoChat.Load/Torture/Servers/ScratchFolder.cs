namespace JoChat.Load.Torture;

/// <summary>A new folder, gone with this object. It may lie in memory: kill -9 takes neither.</summary>
internal sealed class ScratchFolder(string parent) : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(parent, $"jochat-torture-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
