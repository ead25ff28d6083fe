using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace JoChat.Cli.State;

/// <summary>What the program keeps for a person from one run to the next, in files that only they may read:
/// <c>$XDG_STATE_HOME/jochat</c>, or <c>~/.local/state/jochat</c>.</summary>
/// <remarks>A file is written whole or not at all.</remarks>
internal sealed class StateFolder(string path)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(20), LockPause = TimeSpan.FromMilliseconds(10);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder of this person; null if neither <c>XDG_STATE_HOME</c> nor <c>HOME</c> tells where it is:
    /// then nothing is kept.</summary>
    public static StateFolder? Find(Func<string, string?> variable) =>
        PersonalFolder.Find(variable, "XDG_STATE_HOME", Path.Combine(".local", "state")) is { } path
            ? new StateFolder(path)
            : null;

    /// <summary>A name for the file of something that is kept for each of these, such as each server and account. They
    /// may be of any length and characters.</summary>
    public static string NameFor(string kind, params string[] of)
    {
        var key = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', of)));
        return $"{kind}-{Convert.ToHexStringLower(key.AsSpan(0, 16))}.json";
    }

    /// <summary>Where a file is or would be, to be told to the person.</summary>
    public string PathOf(string name) => Path.Combine(path, name);

    /// <summary>Reads a file.</summary>
    /// <returns>Its text; null if there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string? Read(string name)
    {
        try
        {
            return File.ReadAllText(PathOf(name));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new IOException(forbidden.Message, forbidden);
        }
    }

    /// <summary>Writes a file, in the place of the one before.</summary>
    /// <exception cref="IOException">It cannot be written; the one before is still there.</exception>
    public void Write(string name, string text)
    {
        var temporary = $"{PathOf(name)}.{Environment.ProcessId}";
        try
        {
            CreateFolder();
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = OwnerOnly; }
            using (var file = new FileStream(temporary, options))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, PathOf(name), overwrite: true);
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new IOException(forbidden.Message, forbidden);
        }
    }

    /// <summary>Waits until no other process holds the lock of a file.</summary>
    /// <returns>Lets go of it; null if nothing can be written here, and so nobody changes the file.</returns>
    /// <exception cref="IOException">One would not let go of it.</exception>
    public async Task<IDisposable?> LockAsync(string name, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                CreateFolder();
                // It stays: one that was deleted could be held by two.
                var options = new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    BufferSize = 0,
                };
                if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = OwnerOnly; }
                return new FileStream(PathOf(name) + ".lock", options);
            }
            catch (IOException held) when (IsHeld(held))
            {
                if (Stopwatch.GetElapsedTime(started) > LongestHold)
                {
                    throw new IOException(FormattableString.Invariant(
                        $"Another jochat has used the kept login for {LongestHold.TotalSeconds} s: try again."), held);
                }
            }
            catch (Exception readOnly) when (readOnly is IOException or UnauthorizedAccessException)
            {
                return null;
            }
            await Task.Delay(LockPause, cancellation);
        }
    }

    /// <summary>Deletes a file; does nothing if there is none.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Delete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no file either.
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new IOException(forbidden.Message, forbidden);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(path); }
        else { Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute); }
    }
}
