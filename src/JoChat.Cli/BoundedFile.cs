using System.Text;

namespace JoChat.Cli;

/// <summary>Files that a person names: they may be anything, such as folders, devices without an end, or pipes that
/// nobody writes to.</summary>
internal static class BoundedFile
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes what a person gives as a file's path.</summary>
    /// <exception cref="CommandFailedException">It can be none.</exception>
    public static string CheckPath(string text) => text.Length > 0 && !text.Contains('\0')
        ? text
        : throw new CommandFailedException($"must be the path of a file, not \"{text}\".");

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="IOException">It cannot be read, is longer, or no UTF-8; the message says so of the file.
    /// </exception>
    public static string ReadText(string path, int maxBytes)
    {
        var bytes = Read(path, maxBytes + 1, stopAt: null, out _);
        return bytes.Length > maxBytes
            ? throw new IOException(FormattableString.Invariant($"{path} is longer than {maxBytes:N0} bytes."))
            : Decode(path, bytes);
    }

    /// <summary>Reads the first line, without its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Most bytes it may have.</param>
    /// <param name="isForOthers">Whether it is a file that others may read.</param>
    /// <exception cref="IOException">As of the whole.</exception>
    public static string ReadFirstLine(string path, int maxBytes, out bool isForOthers)
    {
        var bytes = Read(path, maxBytes + "\r\n".Length, stopAt: (byte)'\n', out isForOthers);
        var line = Decode(path, bytes).TrimEnd('\n');
        if (line.EndsWith('\r')) { line = line[..^1]; }
        return Encoding.UTF8.GetByteCount(line) > maxBytes
            ? throw new IOException(FormattableString.Invariant(
                $"The first line of {path} is longer than {maxBytes:N0} bytes."))
            : line;
    }

    private static byte[] Read(string path, int most, byte? stopAt, out bool isForOthers)
    {
        if (Directory.Exists(path)) { throw new IOException($"{path} is a folder."); }
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            isForOthers = IsForOthers(file);
            var bytes = new byte[most];
            var length = 0;
            while (length < most && file.Read(bytes, length, most - length) is > 0 and var read)
            {
                var end = stopAt is { } last ? Array.IndexOf(bytes, last, length, read) : -1;
                length += read;
                if (end >= 0) { return bytes[..(end + 1)]; }
            }
            return bytes[..length];
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"There is no file {path}.", absent);
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new IOException($"{path} may not be read.", forbidden);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"{path} cannot be read.", fault);
        }
    }

    private static bool IsForOthers(FileStream file) => !OperatingSystem.IsWindows() && file.CanSeek
        && (File.GetUnixFileMode(file.SafeFileHandle) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    private static string Decode(string path, byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException fault)
        {
            throw new IOException($"{path} is not valid UTF-8.", fault);
        }
    }
}
