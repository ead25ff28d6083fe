using System.Diagnostics;

namespace JoChat.Load.Torture;

/// <summary>A small disk in memory for the database, for one life of the server. It needs the right to
/// mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const long Spare = 12 * 1024 * 1024;
    private const string FillerName = "filler";
    private static readonly byte[] Filler = new byte[4096];
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one with a little more space than what is moved to it.</summary>
    /// <param name="folder">Where; made if it is missing.</param>
    /// <param name="bytes">What is to be moved.</param>
    /// <returns>Null if that is not allowed here.</returns>
    public static async Task<SmallDisk?> MountAsync(string folder, long bytes)
    {
        Directory.CreateDirectory(folder);
        var size = FormattableString.Invariant($"size={bytes + Spare}");
        return await RunAsync("mount", "-t", "tmpfs", "-o", size, "jochat-torture", folder)
            ? new SmallDisk(folder)
            : null;
    }

    /// <summary>Fills all the space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(
            Path.Combine(_folder, FillerName), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true) { file.Write(Filler); }
        }
        catch (IOException) { } // full, as intended
    }

    public void Clear() => File.Delete(Path.Combine(_folder, FillerName));

    public async ValueTask DisposeAsync()
    {
        // Lazily if it is in use: the mount point must be free for the next one.
        if (!await RunAsync("umount", _folder)) { await RunAsync("umount", "-l", _folder); }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
