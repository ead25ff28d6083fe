using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>The codec on arrays.</summary>
internal static class Binary
{
    public static Request DecodeRequest(byte[] body) => BinaryCodec.DecodeRequest(new ReadOnlySequence<byte>(body));

    public static ServerMessage? DecodeMessage(byte[] body) =>
        BinaryCodec.DecodeMessage(new ReadOnlySequence<byte>(body));

    public static byte[] Encode(Request request)
    {
        var output = new ArrayBufferWriter<byte>();
        BinaryCodec.WriteRequest(request, output);
        return BodyOf(output);
    }

    public static byte[] Encode(ServerMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        BinaryCodec.WriteMessage(message, output);
        return BodyOf(output);
    }

    private static byte[] BodyOf(ArrayBufferWriter<byte> output)
    {
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref buffer, int.MaxValue, out var body));
        Assert.True(buffer.IsEmpty);
        return body.ToArray();
    }
}
