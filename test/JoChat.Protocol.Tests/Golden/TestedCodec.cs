using System.Buffers;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>One of the two codecs; it shows a body as a test's failure should.</summary>
internal sealed record TestedCodec(
    Func<ReadOnlySequence<byte>, Request> DecodeRequest,
    Func<ReadOnlySequence<byte>, ServerMessage?> DecodeMessage,
    Action<Request, IBufferWriter<byte>> WriteRequest,
    Action<ServerMessage, IBufferWriter<byte>> WriteMessage,
    Action<ServerMessage, IBufferWriter<byte>> WriteMessageBody,
    Func<byte[], string> Show)
{
    public static TestedCodec Json { get; } = new(
        JsonCodec.DecodeRequest, JsonCodec.DecodeMessage, JsonCodec.WriteRequest, JsonCodec.WriteMessage,
        JsonCodec.WriteMessageBody, Encoding.UTF8.GetString);

    public static TestedCodec Binary { get; } = new(
        BinaryCodec.DecodeRequest, BinaryCodec.DecodeMessage, BinaryCodec.WriteRequest, BinaryCodec.WriteMessage,
        BinaryCodec.WriteMessageBody, Convert.ToHexString);

    public byte[] Encode(Request request) => BodyOf(request, WriteRequest);

    public byte[] Encode(ServerMessage message)
    {
        var body = new ArrayBufferWriter<byte>();
        WriteMessageBody(message, body);
        Assert.Equal(body.WrittenSpan, BodyOf(message, WriteMessage));
        return body.WrittenSpan.ToArray();
    }

    private static byte[] BodyOf<T>(T message, Action<T, IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(message, output);
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref buffer, int.MaxValue, out var body));
        Assert.True(buffer.IsEmpty);
        return body.ToArray();
    }
}
