using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>The codec on arrays.</summary>
internal static class Binary
{
    public static Request DecodeRequest(byte[] body) => BinaryCodec.DecodeRequest(new ReadOnlySequence<byte>(body));

    public static ServerMessage? DecodeMessage(byte[] body) =>
        BinaryCodec.DecodeMessage(new ReadOnlySequence<byte>(body));

    public static ServerMessage? RoundTrip(ServerMessage message) => DecodeMessage(Encode(message));

    public static byte[] Encode(Request request) => TestedCodec.Binary.Encode(request);

    public static byte[] Encode(ServerMessage message) => TestedCodec.Binary.Encode(message);
}
