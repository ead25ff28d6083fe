using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Frames of JSON.</summary>
internal sealed class JsonFormat : FramedFormat
{
    private JsonFormat() : base(SpokenProtocols.Json) { }

    public static JsonFormat Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ServerMessage message, IBufferWriter<byte> output) =>
        JsonCodec.WriteMessage(message, output);

    /// <inheritdoc/>
    protected override Request Decode(in ReadOnlySequence<byte> body) => JsonCodec.DecodeRequest(body);
}
