using System.Runtime.InteropServices;

namespace JoChat.Gateway;

/// <summary>What the system sends a process that writes beyond its limit on file sizes (<c>ulimit -f</c>).</summary>
internal static class FileSizeSignal
{
    private const PosixSignal FileTooLarge = (PosixSignal)25; // SIGXFSZ, on Linux and macOS

    /// <summary>Lets such a write fail like one on a full disk, which can be refused; else it would end the process.
    /// </summary>
    /// <returns>What ends this; null where there is no such signal.</returns>
    public static IDisposable? Survive() => OperatingSystem.IsWindows()
        ? null
        : PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true);
}
