using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace JoChat.Testing;

/// <summary>The bytes of requests and answers, made and read without the code that is tested.</summary>
public static class Wire
{
    public const string HelloJson = """{"msg_type":"hello","data":{}}""";

    public const string PingJson = """{"msg_type":"ping","data":{}}""";

    /// <summary>A sign-up without name and password.</summary>
    public static readonly byte[] BinarySignUp = [1, 0, 0, 0];

    /// <summary>Its answer.</summary>
    public static readonly byte[] BinaryInvalidData = [1, 1, 0, 12, .. "Invalid data"u8];

    public static byte[] BinaryFailure(string text) =>
        [0xFF, 1, (byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    public static string Request(string type, object? data = null) =>
        JsonSerializer.Serialize(new { msg_type = type, data = data ?? new { } });

    public static byte[] Frame(ReadOnlySpan<byte> body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        return frame;
    }

    public static byte[] Frame(string json) => Frame(Encoding.UTF8.GetBytes(json));

    public static async Task<byte[]> ReadBytesAsync(this Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes).AsTask().OrFail();
        return bytes;
    }

    /// <summary>The body of the next frame; null if the connection was closed.</summary>
    public static async Task<byte[]?> ReadFrameAsync(this Stream stream)
    {
        var header = new byte[4];
        var read = await stream.ReadAtLeastAsync(header, 4, throwOnEndOfStream: false).AsTask().OrFail();
        return read < 4 ? null : await stream.ReadBytesAsync(BinaryPrimitives.ReadInt32BigEndian(header));
    }

    public static async Task<string?> ReadJsonAsync(this Stream stream) =>
        await stream.ReadFrameAsync() is { } body ? Encoding.UTF8.GetString(body) : null;

    /// <summary>Everything up to the end.</summary>
    public static async Task<byte[]> ReadAllAsync(this Stream stream)
    {
        var all = new MemoryStream();
        await stream.CopyToAsync(all).OrFail();
        return all.ToArray();
    }
}
