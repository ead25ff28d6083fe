using System.Diagnostics;

namespace JoChat.Testing;

/// <summary>A mounted file system, unmounted when disposed of.</summary>
public sealed class Mount : IDisposable
{
    private readonly string _path;

    private Mount(string path) => _path = path;

    /// <summary>Puts a small empty file system over a folder.</summary>
    public static Mount Memory(string folder, int kibibytes)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "jochat-test", folder);
        return new Mount(folder);
    }

    /// <summary>Makes a file or folder read-only, for root too.</summary>
    public static Mount ReadOnly(string path)
    {
        Run("mount", "--bind", path, path);
        var mounted = new Mount(path);
        Run("mount", "-o", "remount,bind,ro", path);
        return mounted;
    }

    public void Dispose() => Run("umount", _path);

    private static void Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!; // null only for a process that is shared
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) { throw new InvalidOperationException($"{command}: {error}"); }
    }
}
