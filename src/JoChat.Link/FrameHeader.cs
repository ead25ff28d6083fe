using System.Buffers.Binary;

namespace JoChat.Link;

/// <summary>What stands before the content of a frame: a byte for the version, then five 64-bit numbers, big-endian.
/// </summary>
/// <param name="Name">Which link it is of.</param>
/// <param name="Sequence">1 for the first frame of an end, then one more each time.</param>
/// <param name="Acknowledged">The other end's last frame that has arrived.</param>
/// <param name="Limit">How many bytes of content the other end may send, counted from the beginning of the link.</param>
internal readonly record struct FrameHeader(LinkName Name, long Sequence, long Acknowledged, long Limit)
{
    public const byte Version = 1;

    public const int Size = 1 + (5 * sizeof(long));

    public void Write(Span<byte> frame)
    {
        frame[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(frame[1..], Name.Number);
        BinaryPrimitives.WriteInt64BigEndian(frame[9..], Name.Epoch);
        BinaryPrimitives.WriteInt64BigEndian(frame[17..], Sequence);
        BinaryPrimitives.WriteInt64BigEndian(frame[25..], Acknowledged);
        BinaryPrimitives.WriteInt64BigEndian(frame[33..], Limit);
    }

    /// <returns>False if it is too short, or of another version.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out FrameHeader header)
    {
        header = default;
        if (frame.Length < Size || frame[0] != Version) { return false; }
        header = new FrameHeader(
            new LinkName(
                BinaryPrimitives.ReadInt64BigEndian(frame[1..]), BinaryPrimitives.ReadInt64BigEndian(frame[9..])),
            BinaryPrimitives.ReadInt64BigEndian(frame[17..]),
            BinaryPrimitives.ReadInt64BigEndian(frame[25..]),
            BinaryPrimitives.ReadInt64BigEndian(frame[33..]));
        return true;
    }
}
