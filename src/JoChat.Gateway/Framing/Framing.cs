using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>How requests and messages are told apart in a stream of bytes. It holds no state of a connection.</summary>
/// <param name="Setting">The one setting besides <see cref="SpokenProtocols.Auto"/> that allows it; null if none
/// does.</param>
/// <param name="Read">Takes a request from what was received.</param>
/// <param name="Write">Writes a message with all that is around it.</param>
internal sealed record Framing(
    SpokenProtocols? Setting, Framing.Reader Read, Action<ServerMessage, IBufferWriter<byte>> Write)
{
    /// <summary>Takes the request at the start of <paramref name="buffer"/>; never throws.</summary>
    /// <param name="buffer">The bytes received so far; begins behind the request afterwards.</param>
    /// <param name="maxBytes">Longest request accepted, in bytes.</param>
    /// <returns>The request, an <see cref="UnreadableRequest"/> if there is something wrong with it; null if more bytes
    /// are needed. If there is one but the buffer is unchanged, it is unknown where the next begins: the connection
    /// must be closed once this is answered.</returns>
    public delegate Request? Reader(ref ReadOnlySequence<byte> buffer, int maxBytes);

    /// <summary>A length before each body of JSON.</summary>
    public static Framing FramedJson { get; } = Framed(BodyEncoding.Json);

    /// <summary>A length before each body of the binary encoding.</summary>
    public static Framing FramedBinary { get; } = Framed(BodyEncoding.Binary);

    /// <summary>The binary bodies of original clients, of which each tells its own end. Events do not exist in it.
    /// </summary>
    public static Framing Bare { get; } = new(null, ReadBare, WriteBare);

    private static Framing Framed(BodyEncoding encoding) => new(
        encoding.Setting,
        (ref buffer, maxBytes) => FrameReader.Read(ref buffer, maxBytes, out var body) switch
        {
            FrameStatus.Complete => encoding.Decode(body),
            FrameStatus.TooLong => Refusals.FrameTooLong(maxBytes),
            _ => null,
        },
        encoding.WriteFrame);

    private static Request? ReadBare(ref ReadOnlySequence<byte> buffer, int maxBytes)
    {
        BareReader.Read(ref buffer, maxBytes, out var request);
        return request;
    }

    private static void WriteBare(ServerMessage message, IBufferWriter<byte> output)
    {
        // Nobody can say hello in this form, and an event goes only to who did.
        if (message is Response response) { BareWriter.WriteResponse(response, output); }
    }
}
