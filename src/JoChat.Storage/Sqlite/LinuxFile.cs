using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JoChat.Storage;

/// <summary>What Linux offers for files and .NET does not.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxFile
{
    private const int ReadWrite = 2, Create = 0x40, CloseOnExec = 0x80000; // O_RDWR, O_CREAT, O_CLOEXEC
    private const int OwnerOnly = 0x180; // rw-------
    private const int LockExclusive = 2, LockNonBlocking = 4; // LOCK_EX, LOCK_NB
    private const int GetOpenFileLock = 36, SetOpenFileLock = 37; // F_OFD_GETLK, F_OFD_SETLK
    private const short WriteLock = 1, Unlocked = 2; // F_WRLCK, F_UNLCK
    private const int WouldBlock = 11, AccessDenied = 13; // EAGAIN, EACCES
    private const int CurrentFolder = -100, EmptyPath = 0x1000; // AT_FDCWD, AT_EMPTY_PATH
    private const int LinkItself = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStatus = 0x7FF; // STATX_BASIC_STATS

    // O_NOFOLLOW, one of the few constants that processors do not share.
    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Opens a file for reading and writing, unless it is a symbolic link. If there is none, it is created for
    /// its owner alone.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        var descriptor = OpenFile(Terminated(path), ReadWrite | Create | NoFollow | CloseOnExec, OwnerOnly);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LastError();
    }

    /// <summary>Locks a file, against everybody who locks it in this way, .NET's <see cref="FileShare.None"/> included,
    /// until it is closed.</summary>
    /// <returns>False if another holds it.</returns>
    public static bool TryLock(SafeFileHandle file) =>
        LockFile(file, LockExclusive | LockNonBlocking) == 0 || IsHeldByAnother();

    /// <summary>Locks one byte of a file against others that do, until this opening of it is closed: unlike SQLite's
    /// own locks, not until the process closes any.</summary>
    /// <returns>False if another holds it.</returns>
    public static bool TryLockByte(SafeFileHandle file, long offset)
    {
        var wanted = new ByteLock { Type = WriteLock, Start = offset, Length = 1 };
        return ControlFile(file, SetOpenFileLock, ref wanted) == 0 || IsHeldByAnother();
    }

    /// <summary>Whether anybody holds a lock on some of these bytes, as SQLite does while it reads or writes.</summary>
    public static bool IsLocked(SafeFileHandle file, long offset, long length)
    {
        var asked = new ByteLock { Type = WriteLock, Start = offset, Length = length };
        return ControlFile(file, GetOpenFileLock, ref asked) == 0 ? asked.Type != Unlocked : throw LastError();
    }

    /// <summary>The path as <see cref="TryFind"/> takes it.</summary>
    public static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + "\0");

    /// <summary>Looks at the file that a path leads to. One system call, and no allocation.</summary>
    /// <param name="path">The path, as <see cref="Terminated"/> makes it.</param>
    /// <param name="status">What is found.</param>
    /// <param name="followsLink">Whether that is the file behind a link; else a link is found itself.</param>
    /// <returns>False if it leads to none, or cannot be followed.</returns>
    public static bool TryFind(byte[] path, out FileStatus status, bool followsLink = true) =>
        GetStatus(CurrentFolder, path, followsLink ? 0 : LinkItself, BasicStatus, out status) == 0;

    /// <summary>Throws <see cref="StorageException"/> if a database has several names (hard links) and SQLite has left
    /// nothing beside this one: what was written last may be in a file beside another, and nobody can tell which.</summary>
    public static void RefuseOtherName(string database)
    {
        if (TryFind(Terminated(database), out var status) && status.Links > 1
            && !File.Exists(database + "-wal") && !File.Exists(database + "-journal"))
        {
            throw new StorageException(
                $"{database} has {status.Links} names (hard links), and what was written last may lie beside another of them; "
                + "delete all names but one", isTransient: false);
        }
    }

    /// <summary>Looks at an open file.</summary>
    public static FileStatus StatusOf(SafeFileHandle file) =>
        GetStatus(file, [0], EmptyPath, BasicStatus, out var status) == 0 ? status : throw LastError();

    /// <summary>Has the names in a folder on the disk: of files that were made, moved or deleted.</summary>
    public static void SyncFolder(string path)
    {
        var descriptor = OpenFile(Terminated(path), CloseOnExec, 0);
        if (descriptor < 0) { throw LastError(); }
        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(folder);
    }

    private static bool IsHeldByAnother() =>
        Marshal.GetLastPInvokeError() is WouldBlock or AccessDenied ? false : throw LastError();

    private static IOException LastError()
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile(byte[] path, int flags, int mode);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LockFile(SafeFileHandle file, int operation);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ControlFile(SafeFileHandle file, int command, ref ByteLock argument);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(int folder, byte[] path, int flags, uint mask, out FileStatus status);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(SafeFileHandle file, byte[] path, int flags, uint mask, out FileStatus status);

    /// <summary>struct flock of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ByteLock
    {
        public short Type, Whence;
        public long Start, Length;
        public int ProcessId;
    }
}
