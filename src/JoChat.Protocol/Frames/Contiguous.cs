using System.Buffers;

namespace JoChat.Protocol;

/// <summary>Bodies in one piece. That they lie so is the rule; the others are copied rather than parsed across the
/// seams.</summary>
internal static class Contiguous
{
    public delegate T Decoder<out T>(ReadOnlySpan<byte> body);

    public static T Decode<T>(in ReadOnlySequence<byte> body, Decoder<T> decode)
    {
        if (body.IsSingleSegment) { return decode(body.FirstSpan); }

        var length = checked((int)body.Length);
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(copy);
            return decode(copy.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
