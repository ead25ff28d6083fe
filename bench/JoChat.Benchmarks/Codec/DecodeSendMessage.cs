using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using JoChat.Protocol;

namespace JoChat.Benchmarks;

/// <summary>How fast is a <c>send_message</c> of 100 bytes decoded, compared with System.Text.Json deserialising the
/// same body? No decoder can allocate less than the record and its three strings.</summary>
[MemoryDiagnoser]
public class DecodeSendMessage
{
    private readonly ReadOnlySequence<byte> _json = SampleMessage.Body(JsonCodec.WriteRequest);
    private readonly ReadOnlySequence<byte> _binary = SampleMessage.Body(BinaryCodec.WriteRequest);
    private readonly int _contentLength = SampleMessage.Content.Length;

    /// <summary>The platform's decoder, with generated code.</summary>
    [Benchmark(Baseline = true)]
    public object? SystemTextJson() => JsonSerializer.Deserialize(_json.FirstSpan, EnvelopeContext.Default.Envelope);

    /// <summary>Our JSON decoder.</summary>
    [Benchmark]
    public object Json() => JsonCodec.DecodeRequest(_json);

    /// <summary>Our binary decoder.</summary>
    [Benchmark]
    public object Binary() => BinaryCodec.DecodeRequest(_binary);

    /// <summary>The record and its strings alone: the floor for any decoder.</summary>
    [Benchmark]
    public object RecordAlone() =>
        new SendMessage(new string('a', 3), new string('b', 3), new string('x', _contentLength));
}
