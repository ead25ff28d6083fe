using System.Buffers;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>The codec on texts.</summary>
internal static class Json
{
    public static Request DecodeRequest(string json) => DecodeRequest(Encoding.UTF8.GetBytes(json));

    public static Request DecodeRequest(byte[] body) => JsonCodec.DecodeRequest(new ReadOnlySequence<byte>(body));

    public static ServerMessage? DecodeMessage(string json) =>
        JsonCodec.DecodeMessage(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)));

    public static string Encode(Request request)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonCodec.WriteRequest(request, output);
        return BodyOf(output);
    }

    public static string Encode(ServerMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonCodec.WriteMessage(message, output);
        return BodyOf(output);
    }

    private static string BodyOf(ArrayBufferWriter<byte> output)
    {
        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(FrameStatus.Complete, FrameReader.Read(ref buffer, int.MaxValue, out var body));
        Assert.True(buffer.IsEmpty);
        return Encoding.UTF8.GetString(body);
    }
}
