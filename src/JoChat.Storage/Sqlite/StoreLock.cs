using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JoChat.Storage;

/// <summary>An exclusive lock on a database for one process: a locked file beside it that contains the process id. The
/// system releases it when the process ends, however it ends.</summary>
/// <remarks>The lock file is never deleted: a process could delete it between another's opening and locking it. A third
/// would then create and lock a new file, and two would hold the lock.</remarks>
internal sealed class StoreLock : IDisposable
{
    private const int MaxProcessIdBytes = 32;
    private const int UnixReadOnly = 0; // O_RDONLY

    // What IOException.HResult says when another holds the lock.
    private const int LinuxWouldBlock = 11, MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);

    // Unix: FileShare.None is flock(LOCK_EX); any other share is a shared lock, which two can hold. Windows: a second
    // process must be able to read the process id, but it also opens the file for writing, which Read refuses.
    private static readonly FileShare HolderShare = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or throws a <see cref="StorageException"/> that names the process holding it.</summary>
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
            if (DiskSpace.IsExhausted(path))
            {
                throw new StorageException($"cannot write {path}: {DiskSpace.Full}", isTransient: true, fault);
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
            return ""; // the refusal stands without the id
        }
    }

    // On Unix .NET takes at least a shared lock on each file that it opens, which fails while another holds this one.
    private static SafeFileHandle OpenUnlocked(string path) => OperatingSystem.IsWindows()
        ? File.OpenHandle(path, share: FileShare.ReadWrite)
        : new SafeFileHandle(UnixOpen(path, UnixReadOnly), ownsHandle: true);

    [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint UnixOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
