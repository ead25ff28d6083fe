using System.Buffers.Binary;

namespace JoChat.Load;

/// <summary>Splits what a socket received into frames without decoding them. Not thread-safe.</summary>
/// <param name="size">Longest frame with its header, in bytes.</param>
internal sealed class FrameScan(int size)
{
    private const int HeaderSize = 4;
    private readonly byte[] _bytes = new byte[size];
    private int _start, _end;

    /// <summary>Where the next bytes go; never empty after every complete frame was taken.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    public void Received(int count) => _end += count;

    /// <summary>Takes the next complete frame. If there is none, the rest moves to the front of the buffer.</summary>
    /// <param name="body">The frame's body; it is gone with the next call.</param>
    /// <exception cref="InvalidDataException">The frame is longer than any answer to this load.</exception>
    public bool TryTake(out ReadOnlySpan<byte> body)
    {
        body = default;
        var rest = _bytes.AsSpan(_start, _end - _start);
        if (rest.Length >= HeaderSize)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > _bytes.Length - HeaderSize)
            {
                throw new InvalidDataException($"A frame of {length} bytes came; this load has none so long.");
            }
            if (rest.Length >= HeaderSize + (int)length)
            {
                body = rest.Slice(HeaderSize, (int)length);
                _start += HeaderSize + (int)length;
                return true;
            }
        }
        rest.CopyTo(_bytes);
        (_start, _end) = (0, rest.Length);
        return false;
    }
}
