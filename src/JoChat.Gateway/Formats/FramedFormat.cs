using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The framing with a length before each body, in either encoding. A WebSocket message comes here as such a
/// frame too.</summary>
internal sealed class FramedFormat : WireFormat
{
    private readonly Func<ReadOnlySequence<byte>, Request> _decode;
    private readonly Action<ServerMessage, IBufferWriter<byte>> _write;

    private FramedFormat(
        SpokenProtocols setting, Func<ReadOnlySequence<byte>, Request> decode,
        Action<ServerMessage, IBufferWriter<byte>> write) : base(setting) => (_decode, _write) = (decode, write);

    /// <summary>Frames of JSON.</summary>
    public static FramedFormat Json { get; } =
        new(SpokenProtocols.Json, JsonCodec.DecodeRequest, JsonCodec.WriteMessage);

    /// <summary>Frames of the binary encoding.</summary>
    public static FramedFormat Binary { get; } =
        new(SpokenProtocols.Binary, BinaryCodec.DecodeRequest, BinaryCodec.WriteMessage);

    /// <inheritdoc/>
    public override ReadStatus Read(
        ref ReadOnlySequence<byte> buffer, int maxBytes, out Request? request, out int size)
    {
        (request, size) = (null, 0);
        switch (FrameReader.Read(ref buffer, maxBytes, out var body))
        {
            case FrameStatus.Complete:
                size = (int)body.Length;
                request = _decode(body);
                return ReadStatus.Complete;
            case FrameStatus.TooLong:
                request = Refusals.FrameTooLong(maxBytes);
                return ReadStatus.Broken;
            default:
                return ReadStatus.Incomplete;
        }
    }

    /// <inheritdoc/>
    public override void Write(ServerMessage message, IBufferWriter<byte> output) => _write(message, output);
}
