using System.Runtime.InteropServices;
using System.Text;

namespace JoChat.Cli.Handles;

/// <summary>The process's standard handles, any of which its caller may have closed (<c>&lt;&amp;-</c>).</summary>
/// <remarks>A closed one's number goes to the next file that the process opens, and that may be the runtime's own
/// before any code here runs. What is inherited from the caller cannot be close-on-exec; what the runtime opens always
/// is.</remarks>
internal static partial class StandardHandles
{
    private const int GetFlags = 1, CloseOnExec = 1, ReadAndWrite = 2;

    private static readonly Encoding StrictUtf8 =
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly bool[] Inherited = [IsInherited(0), IsInherited(1), IsInherited(2)];

    public static bool IsInputTerminal => Inherited[0] && !Console.IsInputRedirected;

    public static bool IsOutputTerminal => Inherited[1] && !Console.IsOutputRedirected;

    public static bool IsErrorTerminal => Inherited[2] && !Console.IsErrorRedirected;

    /// <summary>Keeps the numbers of closed handles from going to files and sockets that are opened from now on.
    /// </summary>
    public static void OccupyClosed()
    {
        if (Array.TrueForAll(Inherited, isInherited => isInherited)) { return; }
        // Each call takes the lowest number that is free.
        while (Array.Exists([0, 1, 2], descriptor => Control(descriptor, GetFlags) < 0))
        {
            if (Open("/dev/null", ReadAndWrite) < 0) { return; }
        }
    }

    /// <summary>What is piped in: strict UTF-8, since invalid bytes must not be sent as replacement characters. A
    /// closed input is an empty one.</summary>
    public static TextReader OpenRedirectedInput() => !Inherited[0]
        ? TextReader.Null
        : new StreamReader(Console.OpenStandardInput(), StrictUtf8, detectEncodingFromByteOrderMarks: false);

    /// <summary>Standard output.</summary>
    public static GuardedWriter OpenOutput() => OpenWriter(1, () => Console.Out);

    /// <summary>Standard error.</summary>
    public static GuardedWriter OpenError() => OpenWriter(2, () => Console.Error);

    private static GuardedWriter OpenWriter(int descriptor, Func<TextWriter> onWindows)
    {
        if (OperatingSystem.IsWindows()) { return new GuardedWriter(onWindows()); }
        // A closed one fails when something is written, and not before.
        var stream = new HandleStream(Inherited[descriptor] ? descriptor : -1);
        return new GuardedWriter(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
        });
    }

    private static bool IsInherited(int descriptor) =>
        OperatingSystem.IsWindows() || Control(descriptor, GetFlags) is >= 0 and var flags
        && (flags & CloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
