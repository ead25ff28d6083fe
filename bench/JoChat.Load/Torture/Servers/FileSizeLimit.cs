using System.Runtime.InteropServices;

namespace JoChat.Load.Torture;

/// <summary>Limits how large a file another process may write: the effect of a full disk, without root.</summary>
internal static partial class FileSizeLimit
{
    private const int LimitOfFileSize = 1; // RLIMIT_FSIZE
    private const ulong Few = 4096;

    /// <summary>Forbids a process to write beyond a few bytes of any file, or allows it again.</summary>
    /// <returns>False if the system did not do it: the process is gone.</returns>
    public static bool Set(int processId, bool isOn)
    {
        var limit = new Limit(isOn ? Few : ulong.MaxValue, ulong.MaxValue);
        return SetLimit(processId, LimitOfFileSize, in limit, 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int processId, int resource, in Limit limit, nint before);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Now, ulong Most);
}
