using System.Buffers;

namespace JoChat.Protocol;

/// <summary>Gives the decoders a body as one span. Most bodies lie in one segment of the pipe; the others are copied
/// first.</summary>
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
