using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JoChat.Storage;

/// <summary>The right of one process to use a database: a locked file beside it that holds the process id. The system
/// releases it when the process ends, however it ends.</summary>
/// <remarks>The file stays when the lock is released. Whoever deleted it could delete it under one who has opened it
/// and locks it next; a third would then make and lock a new file, and two would hold "the" lock.</remarks>
internal sealed class StoreLock : IDisposable
{
    private const int MaxProcessIdBytes = 32;
    private const int UnixReadOnly = 0; // O_RDONLY

    // What IOException.HResult says when another holds the lock.
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);

    // Unix: FileShare.None is flock(LOCK_EX); any other share is a shared lock, which two can hold. Windows: the other
    // must be able to read the process id, and it asks to write, which Read refuses.
    private static readonly FileShare HolderShare = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock or throws <see cref="StorageException"/>, which names the process that has it.</summary>
    public static StoreLock Take(string databasePath)
    {
        var path = databasePath + "-lock";
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, HolderShare, bufferSize: 0);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            return new StoreLock(file);
        }
        catch (IOException fault) when (fault.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw new StorageException(
                $"{databasePath} is in use by another JoChat gateway{ReadHolder(path)}", isTransient: false, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            if (DiskRoom.IsUsedUp(path))
            {
                throw new StorageException($"cannot write {path}: {DiskRoom.Full}", isTransient: true, fault);
            }
            throw new StorageException(
                $"cannot write {path} ({fault.Message.TrimEnd('.')}): let this user write to the folder",
                isTransient: false, fault);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string ReadHolder(string path)
    {
        try
        {
            using var file = OpenUnlocked(path);
            Span<byte> bytes = stackalloc byte[MaxProcessIdBytes];
            var text = bytes[..RandomAccess.Read(file, bytes, fileOffset: 0)];
            return int.TryParse(text.TrimEnd((byte)'\n'), CultureInfo.InvariantCulture, out var id)
                ? $" (process {id})"
                : "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // the id is a help, not the refusal
        }
    }

    // On Unix .NET locks each file that it opens, if only to share, and so cannot open one that is locked to exclude.
    private static SafeFileHandle OpenUnlocked(string path) => OperatingSystem.IsWindows()
        ? File.OpenHandle(path, share: FileShare.ReadWrite)
        : new SafeFileHandle(UnixOpen(path, UnixReadOnly), ownsHandle: true);

    [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint UnixOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
