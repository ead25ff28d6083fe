using System.Runtime.InteropServices;

namespace JoChat.EndToEnd.Tests;

/// <summary>Signals as the processes that the tests start expect them.</summary>
internal static partial class DefaultSignals
{
    private const int Hangup = 1, Interrupt = 2, Quit = 3;
    private const nint DefaultHandler = 0;

    /// <summary>Called by what starts processes, before the first one: a child inherits that a signal is ignored, as
    /// nohup and a shell with what it runs in the background ignore these, and .NET leaves it so.</summary>
    public static void Restore()
    {
        if (OperatingSystem.IsWindows()) { return; }
        _ = SetHandler(Hangup, DefaultHandler);
        _ = SetHandler(Interrupt, DefaultHandler);
        _ = SetHandler(Quit, DefaultHandler);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
