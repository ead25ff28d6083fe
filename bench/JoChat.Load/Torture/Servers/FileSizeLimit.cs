using System.Runtime.InteropServices;

namespace JoChat.Load.Torture;

/// <summary>How large a file another process may write: a disk that is full at once, without root.</summary>
internal static partial class FileSizeLimit
{
    private const int LimitOfFileSize = 1; // RLIMIT_FSIZE
    private const int FileTooLarge = 25; // SIGXFSZ
    private const nint Ignore = 1; // SIG_IGN
    private const ulong Few = 4096;

    /// <summary>Lets the processes that are started from now on go on with an error where they write too much, instead
    /// of being ended by a signal.</summary>
    public static void PrepareChildren() => _ = Signal(FileTooLarge, Ignore);

    /// <summary>Forbids a process to write beyond a few bytes of any file, or allows it again.</summary>
    /// <returns>False if the system did not do it: the process is gone.</returns>
    public static bool Set(int processId, bool isOn)
    {
        var limit = new Limit(isOn ? Few : ulong.MaxValue, ulong.MaxValue);
        return SetLimit(processId, LimitOfFileSize, in limit, 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "prlimit64")]
    private static partial int SetLimit(int processId, int resource, in Limit limit, nint before);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Now, ulong Most);
}
