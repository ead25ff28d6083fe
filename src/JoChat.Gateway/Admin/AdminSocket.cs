using System.Net.Sockets;
using System.Text;

namespace JoChat.Gateway;

/// <summary>The Unix socket at which a server takes the operator's commands. Who may connect is who may open the file: its
/// owner.</summary>
internal static class AdminSocket
{
    private const int MostBytes = 107; // of a path, on Linux; 103 on macOS

    // What IOException.HResult says when a socket is opened as a file.
    private const int LinuxNoDevice = 6, MacNotSupported = 102; // ENXIO, EOPNOTSUPP

    /// <summary>Whether a path is short enough for a socket. One that is no path at all is.</summary>
    public static bool Fits(string path) => path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)
        || Encoding.UTF8.GetByteCount(Path.GetFullPath(path)) <= MostBytes;

    /// <summary>Makes the socket, not yet listening. What a server that was killed has left is removed.</summary>
    /// <exception cref="IOException">A server listens there, or it is something else, or it cannot be made.</exception>
    public static Socket Bind(string path)
    {
        RemoveLeft(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            // Nobody can connect before it listens.
            if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite); }
            return socket;
        }
        catch (Exception fault) when (fault is SocketException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new IOException($"cannot make the admin socket {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Connects to a server.</summary>
    /// <exception cref="SocketException">None listens there.</exception>
    public static async Task<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void RemoveLeft(string path)
    {
        if (!File.Exists(path)) { return; }
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionRefused && IsSocket(path))
        {
            Delete(path);
            return;
        }
        catch (SocketException fault)
        {
            throw new IOException($"cannot make the admin socket {path}: a file is there ({fault.Message})", fault);
        }
        throw new IOException($"cannot make the admin socket {path}: another server listens there");
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"cannot make the admin socket {path}: one that was left cannot be deleted", fault);
        }
    }

    // A file that is no socket refuses a connection too, but it can be opened: for writing as well, because to read alone a
    // FIFO waits for who writes.
    private static bool IsSocket(string path)
    {
        try
        {
            File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (IOException fault)
        {
            return OperatingSystem.IsWindows() || fault.HResult is LinuxNoDevice or MacNotSupported;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // whatever it is, it is somebody else's
        }
    }
}
