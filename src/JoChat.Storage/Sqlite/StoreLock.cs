using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace JoChat.Storage;

/// <summary>An exclusive lock on a database for one process: a locked file beside it that contains the process id, and a
/// lock on the database itself. The system releases both when the process ends, however it ends.</summary>
/// <remarks>The lock file is never deleted: a process could delete it between another's opening and locking it. A third
/// would then create and lock a new file, and two would hold the lock.</remarks>
internal sealed class StoreLock : IDisposable
{
    private const int MaxProcessIdBytes = 32;
    private const int UnixReadOnly = 0; // O_RDONLY

    // What IOException.HResult says when another holds the lock.
    private const int MacWouldBlock = 35, WindowsSharingViolation = unchecked((int)0x80070020);

    // Where LinuxFile does not lock. macOS: FileShare.None is flock(LOCK_EX); any other share is a shared lock, which two
    // can hold. Windows: a second process must be able to read the process id, but it also opens the file for writing,
    // which Read refuses.
    private static readonly FileShare HolderShare = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private readonly FileStream _file;

    private StoreLock(FileStream file, DatabaseFile database) => (_file, Database) = (file, database);

    /// <summary>The database, which is locked too: the lock file may be deleted while the lock is held, and a database
    /// may have other names.</summary>
    public DatabaseFile Database { get; }

    /// <summary>Takes the lock and opens the database, or throws a <see cref="StorageException"/>, which names the
    /// process that holds the lock if it is known.</summary>
    public static StoreLock Take(string databasePath)
    {
        var path = databasePath + "-lock";
        var file = OpenLocked(path, databasePath);
        DatabaseFile? database = null;
        try
        {
            database = DatabaseFile.Open(databasePath);
            WriteHolder(file); // with both locks: who is refused leaves no wrong name
            return new StoreLock(file, database);
        }
        catch (StorageException)
        {
            file.Dispose();
            throw;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            database?.Dispose();
            file.Dispose();
            throw CannotWrite(path, fault);
        }
    }

    /// <summary>Whether a gateway, in this process or another, has a database open. One that starts at the same instant
    /// may find it in use.</summary>
    public static bool IsTaken(string databasePath)
    {
        var path = databasePath + "-lock";
        if (!File.Exists(path)) { return false; }
        try
        {
            OpenLocked(path, databasePath).Dispose();
            return false;
        }
        catch (StorageException)
        {
            return true; // or that cannot be told
        }
    }

    public void Dispose()
    {
        Database.Dispose();
        _file.Dispose();
    }

    private static FileStream OpenLocked(string path, string databasePath)
    {
        try
        {
            var file = PrivateFile.Open(path, HolderShare);
            if (!OperatingSystem.IsLinux() || LinuxFile.TryLock(file.SafeFileHandle)) { return file; }
            file.Dispose();
            throw InUse(path, databasePath);
        }
        catch (IOException fault) when (fault.HResult is MacWouldBlock or WindowsSharingViolation)
        {
            throw InUse(path, databasePath);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, fault);
        }
    }

    private static void WriteHolder(FileStream file)
    {
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
    }

    private static StorageException InUse(string path, string databasePath) => new(
        $"{databasePath} is in use by another JoChat gateway{ReadHolder(path)}", isTransient: false);

    private static StorageException CannotWrite(string path, Exception fault) => DiskSpace.IsExhausted(path)
        ? new StorageException($"cannot write {path}: {DiskSpace.Full}", isTransient: true, fault)
        : new StorageException(
            $"cannot write {path} ({fault.Message.TrimEnd('.')}): let this user write to the folder",
            isTransient: false, fault);

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
