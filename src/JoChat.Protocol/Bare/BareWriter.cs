using System.Buffers;

namespace JoChat.Protocol;

/// <summary>Writes messages in the original's bare form: the binary bodies of ops 1 to 11 without a length before
/// them.</summary>
public static class BareWriter
{
    /// <summary>Writes a request.</summary>
    /// <param name="request">The request; see <see cref="BinaryCodec.WriteRequest"/>.</param>
    /// <param name="output">Where it goes; untouched if there is an exception.</param>
    /// <exception cref="ArgumentException">The request, or something that it has, has no bare form.</exception>
    public static void WriteRequest(Request request, IBufferWriter<byte> output) =>
        BinaryRequests.Write(request, mayExtend: false).EndBody(output);

    /// <summary>Writes a response; see <see cref="BinaryCodec.WriteMessage"/>.</summary>
    /// <param name="response">The response.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="ArgumentException">It answers an operation that has no bare form.</exception>
    public static void WriteResponse(Response response, IBufferWriter<byte> output) =>
        BinaryMessages.Write(response, mayExtend: false).EndBody(output);
}
