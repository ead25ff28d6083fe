using System.Buffers;

namespace JoChat.Protocol;

/// <summary>The binary encoding in its framed form, as docs/protocol.md specifies it. Decoding never throws, whatever
/// the bytes. It carries no <see cref="Request.Id"/>.</summary>
public static class BinaryCodec
{
    /// <summary>Decodes the body of a client's frame.</summary>
    /// <param name="body">The body as <see cref="FrameReader"/> gives it; may be empty. It is not needed afterwards.
    /// </param>
    /// <returns>The request, or an <see cref="UnreadableRequest"/> that says what is wrong.</returns>
    public static Request DecodeRequest(ReadOnlySequence<byte> body) =>
        Contiguous.Decode(body, static bytes => BinaryRequests.Decode(bytes));

    /// <summary>Decodes the body of a server's frame. Bytes behind the last field that this version knows are ignored.
    /// </summary>
    /// <param name="body">The body as <see cref="FrameReader"/> gives it; may be empty. It is not needed afterwards.
    /// </param>
    /// <returns>The response or event; null if it is malformed or none that this version knows.</returns>
    public static ServerMessage? DecodeMessage(ReadOnlySequence<byte> body) =>
        Contiguous.Decode(body, static bytes => BinaryMessages.Decode(bytes));

    /// <summary>Writes a request as one frame.</summary>
    /// <param name="request">The request. Texts that are null become empty, its <see cref="Request.Id"/> is left out,
    /// and counts that are too high are capped.</param>
    /// <param name="output">Where the frame goes; untouched if there is an exception.</param>
    /// <exception cref="ArgumentException">It is an <see cref="UnreadableRequest"/>, which has no form, or it has
    /// something that its form cannot carry: too long a text, too large or negative a number, too many ids.</exception>
    public static void WriteRequest(Request request, IBufferWriter<byte> output) =>
        BinaryRequests.Write(request, mayExtend: true).EndFrame(output);

    /// <summary>Writes a response or event as one frame. What does not fit is capped and texts are cut; lone surrogates
    /// in them become U+FFFD.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where the frame goes.</param>
    /// <exception cref="ArgumentException">The message is of a class that the protocol does not have.</exception>
    public static void WriteMessage(ServerMessage message, IBufferWriter<byte> output) =>
        BinaryMessages.Write(message, mayExtend: true).EndFrame(output);

    /// <summary>Writes what <see cref="WriteMessage"/> does without the length before it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where the body goes.</param>
    /// <exception cref="ArgumentException">The message is of a class that the protocol does not have.</exception>
    public static void WriteMessageBody(ServerMessage message, IBufferWriter<byte> output) =>
        BinaryMessages.Write(message, mayExtend: true).EndBody(output);
}
