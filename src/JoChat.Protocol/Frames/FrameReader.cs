using System.Buffers;
using System.Buffers.Binary;

namespace JoChat.Protocol;

/// <summary>Reads frames from a byte stream. The layout is specified in docs/protocol.md, "Frames".</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// | length of the body in bytes (32, unsigned, big-endian)        |
/// +---------------------------------------------------------------+
/// | body (0 .. maxBodyBytes)                                      |
/// +---------------------------------------------------------------+
/// </code></remarks>
public static class FrameReader
{
    /// <summary>Size of everything before the body, in bytes.</summary>
    public const int HeaderSize = 4;

    /// <summary>Takes the frame at the start of <paramref name="buffer"/>; never throws and never copies.</summary>
    /// <param name="buffer">The bytes received so far: part of a frame, one frame or several. If the status is
    /// Complete, it begins behind the frame afterwards; else it is unchanged.</param>
    /// <param name="maxBodyBytes">Longest body accepted, in bytes, ≥ 0.</param>
    /// <param name="body">The frame's body if the status is Complete, else empty. It borrows the buffer.</param>
    /// <returns>Complete, Incomplete, or TooLong: the peer must be disconnected.</returns>
    public static FrameStatus Read(
        ref ReadOnlySequence<byte> buffer, int maxBodyBytes, out ReadOnlySequence<byte> body)
    {
        body = default;
        if (!TryReadLength(buffer, out var length)) { return FrameStatus.Incomplete; }

        // The claimed length is checked before the body is buffered, or a peer could make us buffer 4 GiB.
        // It stays unsigned until then: as an int, 0xFFFFFFFF would be -1 and pass.
        if (length > (uint)maxBodyBytes) { return FrameStatus.TooLong; }
        if (length > buffer.Length - HeaderSize) { return FrameStatus.Incomplete; }

        body = buffer.Slice(HeaderSize, length);
        buffer = buffer.Slice(body.End);
        return FrameStatus.Complete;
    }

    private static bool TryReadLength(in ReadOnlySequence<byte> buffer, out uint length)
    {
        if (BinaryPrimitives.TryReadUInt32BigEndian(buffer.FirstSpan, out length)) { return true; }
        if (buffer.Length < HeaderSize) { return false; }

        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        length = BinaryPrimitives.ReadUInt32BigEndian(header);
        return true;
    }
}
