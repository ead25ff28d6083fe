using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>A pseudo-terminal of Linux: its master side, and what the kernel keeps of its slave.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, CloseOnExec = 0x80000;
    private const nuint SetWindowSize = 0x5414;
    private const int LongestTermios = 256; // bytes; it is 60
    private const int LocalFlags = 12; // where c_lflag begins: three flags of 4 bytes are before it
    private const uint SignalKeys = 0x1, Canonical = 0x2, EchoFlag = 0x8;

    private readonly SafeFileHandle _master;

    // Open as long as this is, so that its settings can be read after the process has ended.
    private readonly SafeFileHandle _slave;

    public PseudoTerminal(int columns, int rows)
    {
        _master = Own(OpenMaster(ReadWrite | NoControllingTerminal | CloseOnExec));
        Assert.Equal(0, Grant(Descriptor));
        Assert.Equal(0, Unlock(Descriptor));
        var name = new byte[64];
        Assert.Equal(0, GetName(Descriptor, name, (nuint)name.Length));
        Path = System.Text.Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        _slave = Own(Open(Path, ReadWrite | NoControllingTerminal | CloseOnExec));
        Resize(columns, rows);
        Stream = new FileStream(_master, FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>The slave's name in the file system.</summary>
    public string Path { get; }

    /// <summary>The master: what is written is typed, what is read was printed.</summary>
    public FileStream Stream { get; }

    /// <summary>Whether the terminal itself shows what is typed.</summary>
    public bool Echoes => (ReadLocalFlags() & EchoFlag) != 0;

    /// <summary>Whether the terminal itself gathers keys into lines.</summary>
    public bool IsCanonical => (ReadLocalFlags() & Canonical) != 0;

    /// <summary>Whether the terminal itself makes signals of Ctrl-C and the like.</summary>
    public bool HasSignalKeys => (ReadLocalFlags() & SignalKeys) != 0;

    /// <summary>All settings, to be compared.</summary>
    public byte[] Settings()
    {
        var settings = new byte[LongestTermios];
        Assert.Equal(0, GetSettings((int)_slave.DangerousGetHandle(), settings));
        return settings;
    }

    /// <summary>Gives it another size; the processes on it are told by SIGWINCH.</summary>
    public void Resize(int columns, int rows)
    {
        ushort[] size = [(ushort)rows, (ushort)columns, 0, 0];
        Assert.Equal(0, Control(Descriptor, SetWindowSize, size));
    }

    /// <summary>Lets reading the master end, once no process has the slave open.</summary>
    public void CloseSlave() => _slave.Dispose();

    public void Dispose()
    {
        Stream.Dispose();
        _slave.Dispose();
        _master.Dispose();
    }

    private int Descriptor => (int)_master.DangerousGetHandle();

    private uint ReadLocalFlags() => BitConverter.ToUInt32(Settings(), LocalFlags);

    private static SafeFileHandle Own(int descriptor)
    {
        Assert.True(descriptor >= 0, "no pseudo-terminal");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int descriptor);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int descriptor);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int GetName(int descriptor, byte[] name, nuint length);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetSettings(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, ushort[] size);
}
