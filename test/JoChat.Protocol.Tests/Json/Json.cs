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

    public static string Encode(Request request) => Encoding.UTF8.GetString(TestedCodec.Json.Encode(request));

    public static string Encode(ServerMessage message) => Encoding.UTF8.GetString(TestedCodec.Json.Encode(message));
}
