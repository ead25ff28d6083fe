using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>How a body is a request or a message: JSON or binary.</summary>
/// <param name="Setting">The one setting besides <see cref="SpokenProtocols.Auto"/> that allows it.</param>
/// <param name="Decode">Decodes a body; never throws.</param>
/// <param name="WriteBody">Writes the body of a message.</param>
/// <param name="WriteFrame">Writes it with its length before it.</param>
internal sealed record BodyEncoding(
    SpokenProtocols Setting,
    Func<ReadOnlySequence<byte>, Request> Decode,
    Action<ServerMessage, IBufferWriter<byte>> WriteBody,
    Action<ServerMessage, IBufferWriter<byte>> WriteFrame)
{
    public static BodyEncoding Json { get; } = new(
        SpokenProtocols.Json, JsonCodec.DecodeRequest, JsonCodec.WriteMessageBody, JsonCodec.WriteMessage);

    public static BodyEncoding Binary { get; } = new(
        SpokenProtocols.Binary, BinaryCodec.DecodeRequest, BinaryCodec.WriteMessageBody, BinaryCodec.WriteMessage);
}
