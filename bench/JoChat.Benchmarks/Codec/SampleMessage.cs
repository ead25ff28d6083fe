using System.Buffers;
using System.Text.Json.Serialization;
using JoChat.Protocol;

namespace JoChat.Benchmarks;

/// <summary>The message of the codec benchmarks.</summary>
internal static class SampleMessage
{
    public static string Content { get; } = new('x', 100);

    public static SendMessage Request { get; } = new("ada", "bob", Content);

    public static Envelope Envelope { get; } = new()
    {
        MessageType = "send_message",
        Data = new EnvelopeData { Sender = "ada", Recipient = "bob", Content = Content },
    };

    /// <summary>Its body as an encoder writes it, without the frame header.</summary>
    public static ReadOnlySequence<byte> Body(Action<Request, IBufferWriter<byte>> write)
    {
        var frame = new ArrayBufferWriter<byte>();
        write(Request, frame);
        return new ReadOnlySequence<byte>(frame.WrittenMemory[FrameReader.HeaderSize..]);
    }
}

/// <summary>The same shape for System.Text.Json, with setters: it fills them faster than a constructor.</summary>
internal sealed class Envelope
{
    [JsonPropertyName("msg_type")]
    public string? MessageType { get; set; }

    [JsonPropertyName("data")]
    public EnvelopeData? Data { get; set; }
}

internal sealed class EnvelopeData
{
    [JsonPropertyName("sender")]
    public string? Sender { get; set; }

    [JsonPropertyName("recipient")]
    public string? Recipient { get; set; }

    [JsonPropertyName("content")]
    public string? Content { get; set; }
}

[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeContext : JsonSerializerContext;
