using System.Buffers;

namespace JoChat.Client;

/// <summary>Collects bytes and writes them to a stream in slices. A slice that had to wait before it was taken shows
/// that the peer takes bytes; one that was taken at once may only be in a buffer of ours.</summary>
/// <remarks>Not safe for use by several threads.</remarks>
/// <param name="stream">Where to.</param>
/// <param name="onTaken">Called when the peer has taken bytes.</param>
internal sealed class SlicedWriter(Stream stream, Action onTaken)
{
    private const int SliceBytes = 4096;
    private const int MostKeptBytes = 128 * 1024;

    private ArrayBufferWriter<byte> _unwritten = new();

    /// <summary>How much is collected.</summary>
    public int UnwrittenBytes => _unwritten.WrittenCount;

    /// <summary>Collects bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _unwritten.Write(bytes);

    /// <summary>Writes what is collected. If it fails the stream is of no use any more.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var rest = _unwritten.WrittenMemory;
        while (!rest.IsEmpty)
        {
            var slice = rest[..Math.Min(SliceBytes, rest.Length)];
            rest = rest[slice.Length..];
            var writing = stream.WriteAsync(slice, cancellation);
            var hasToWait = !writing.IsCompleted;
            await writing.ConfigureAwait(false);
            if (hasToWait) { onTaken(); }
        }
        if (_unwritten.Capacity > MostKeptBytes) { _unwritten = new ArrayBufferWriter<byte>(); }
        _unwritten.ResetWrittenCount();
    }
}
