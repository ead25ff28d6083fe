using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Frames of the binary encoding.</summary>
internal sealed class BinaryFormat : FramedFormat
{
    private BinaryFormat() : base(SpokenProtocols.Binary) { }

    public static BinaryFormat Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ServerMessage message, IBufferWriter<byte> output) =>
        BinaryCodec.WriteMessage(message, output);

    /// <inheritdoc/>
    protected override Request Decode(in ReadOnlySequence<byte> body) => BinaryCodec.DecodeRequest(body);
}
