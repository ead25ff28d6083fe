namespace JoChat.Storage;

/// <summary>What tells that the files of a database of the original were changed. A server that is idle holds no lock, so
/// that only what it writes shows that it runs.</summary>
internal sealed class OriginalFileState : IEquatable<OriginalFileState>
{
    // The header of a database counts its changes, and that of a WAL has another salt each time it begins anew: two changes
    // may have the same time of the file system's clock, which is coarse.
    private const int HeaderBytes = 100;

    private readonly (bool IsThere, long Length, DateTime Written, string Header)[] _files;

    private OriginalFileState((bool, long, DateTime, string)[] files) => _files = files;

    /// <summary>When the last of them was written to.</summary>
    public DateTimeOffset LastWritten => new(_files.Max(file => file.Written));

    /// <summary>Reads it.</summary>
    /// <param name="path">The database.</param>
    /// <param name="beside">How the names of the files beside it end.</param>
    public static OriginalFileState Of(string path, params ReadOnlySpan<string> beside) =>
        new([.. ((string[])["", .. beside]).Select(end => Of(path + end))]);

    /// <inheritdoc/>
    public bool Equals(OriginalFileState? other) => other is not null && _files.SequenceEqual(other._files);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OriginalFileState);

    /// <inheritdoc/>
    public override int GetHashCode() => _files[0].GetHashCode();

    private static (bool, long, DateTime, string) Of(string path)
    {
        if (!File.Exists(path)) { return (false, 0, DateTime.UnixEpoch, ""); }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[HeaderBytes];
        var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return (true, file.Length, File.GetLastWriteTimeUtc(path), Convert.ToHexString(header[..read]));
    }
}
