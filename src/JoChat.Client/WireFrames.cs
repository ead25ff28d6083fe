using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>Encodes requests and decodes messages in the chosen encoding.</summary>
internal static class WireFrames
{
    /// <summary>Writes a request as one frame.</summary>
    /// <exception cref="RefusedException">The encoding has no form for it.</exception>
    public static ReadOnlyMemory<byte> Encode(this WireEncoding encoding, Request request)
    {
        var frame = new ArrayBufferWriter<byte>();
        try
        {
            if (encoding == WireEncoding.Binary) { BinaryCodec.WriteRequest(request, frame); }
            else { JsonCodec.WriteRequest(request, frame); }
        }
        catch (ArgumentException unwritable)
        {
            throw new RefusedException(ErrorCode.Unsupported, unwritable.Message);
        }
        return frame.WrittenMemory;
    }

    /// <summary>Reads the body of a server's frame; null if this version does not know it.</summary>
    public static ServerMessage? Decode(this WireEncoding encoding, in ReadOnlySequence<byte> body) =>
        encoding == WireEncoding.Binary ? BinaryCodec.DecodeMessage(body) : JsonCodec.DecodeMessage(body);
}
