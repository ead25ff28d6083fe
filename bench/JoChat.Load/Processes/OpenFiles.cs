using System.Runtime.InteropServices;

namespace JoChat.Load;

/// <summary>How many files and sockets this process and the ones it starts may have open.</summary>
internal static partial class OpenFiles
{
    private const int LimitOfFiles = 7; // RLIMIT_NOFILE on Linux
    private const int BesideConnections = 300; // files of the programs and the other clients

    /// <summary>Raises the limit if it is too low for so many connections, here and in a server.</summary>
    /// <exception cref="LoadFailedException">It is, and may not be raised.</exception>
    public static void Allow(int connections)
    {
        if (!OperatingSystem.IsLinux() || GetLimit(LimitOfFiles, out var limit) != 0) { return; }
        var needed = (ulong)(connections + BesideConnections);
        if (limit.Most >= needed) { return; } // the runtime has raised the current limit to it
        var raised = new Limit { Current = needed, Most = needed };
        if (SetLimit(LimitOfFiles, in raised) == 0) { return; }
        throw new LoadFailedException(FormattableString.Invariant(
            $"""
            {needed} open files are needed, in the server too, and {limit.Most} are allowed. Raise the limit as root
            ("ulimit -n {needed}" in the shell that starts this; in a container: --ulimit nofile={needed}), or take at
            most {Math.Max(0, (long)limit.Most - BesideConnections)} connections
            """));
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    private struct Limit
    {
        public ulong Current, Most;
    }
}
