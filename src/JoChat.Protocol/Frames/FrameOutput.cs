using System.Buffers;
using System.Buffers.Binary;

namespace JoChat.Protocol;

/// <summary>Collects one frame, since its length comes first. What writes bodies derives from it.</summary>
/// <remarks>Each thread has one of each kind, so a frame is ended before the next is started.</remarks>
internal abstract class FrameOutput
{
    private const int KeptBytes = 64 * 1024;

    private readonly byte[] _kept = new byte[KeptBytes];

    protected FrameOutput() => Bytes = _kept;

    /// <summary>What is written; replaced by a larger one in <see cref="Reserve"/>.</summary>
    protected byte[] Bytes { get; private set; }

    /// <summary>Where the next byte goes.</summary>
    protected int Length { get; set; }

    /// <summary>Hands the frame over.</summary>
    public void EndFrame(IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Bytes, (uint)(Length - FrameReader.HeaderSize));
        output.Write(Bytes.AsSpan(0, Length));
        Exchange(_kept);
    }

    /// <summary>Hands the body over without its length.</summary>
    public void EndBody(IBufferWriter<byte> output)
    {
        output.Write(Bytes.AsSpan(FrameReader.HeaderSize, Length - FrameReader.HeaderSize));
        Exchange(_kept);
    }

    /// <summary>Starts over behind the length.</summary>
    protected void Reset() => Length = FrameReader.HeaderSize;

    /// <summary>Makes room for that many bytes more.</summary>
    protected void Reserve(int count)
    {
        if (Bytes.Length - Length < count) { Grow(count); }
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * Bytes.Length, Length + count));
        Bytes.AsSpan(0, Length).CopyTo(larger);
        Exchange(larger);
    }

    private void Exchange(byte[] next)
    {
        if (Bytes != _kept) { ArrayPool<byte>.Shared.Return(Bytes); }
        Bytes = next;
    }
}
