using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Frames of JSON.</summary>
internal sealed class JsonFormat : WireFormat
{
    private JsonFormat() { }

    public static JsonFormat Instance { get; } = new();

    /// <inheritdoc/>
    public override WireProtocol? Pin => WireProtocol.Json;

    /// <inheritdoc/>
    public override Request Decode(in ReadOnlySequence<byte> body) => JsonCodec.DecodeRequest(body);

    /// <inheritdoc/>
    public override void Write(ServerMessage message, IBufferWriter<byte> output) =>
        JsonCodec.WriteMessage(message, output);
}
