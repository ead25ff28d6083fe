using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using JoChat.Protocol;

namespace JoChat.Benchmarks;

/// <summary>How fast is a <c>send_message</c> of 100 bytes encoded into a buffer that is reused, compared with
/// System.Text.Json?</summary>
[MemoryDiagnoser]
public class EncodeSendMessage : IDisposable
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly Utf8JsonWriter _writer;

    /// <summary>Makes the buffer.</summary>
    public EncodeSendMessage() => _writer = new Utf8JsonWriter(_output);

    /// <summary>The platform's encoder, with generated code.</summary>
    [Benchmark(Baseline = true)]
    public int SystemTextJson()
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        JsonSerializer.Serialize(_writer, SampleMessage.Envelope, EnvelopeContext.Default.Envelope);
        return _output.WrittenCount;
    }

    /// <summary>Our JSON encoder.</summary>
    [Benchmark]
    public int Json()
    {
        _output.ResetWrittenCount();
        JsonCodec.WriteRequest(SampleMessage.Request, _output);
        return _output.WrittenCount;
    }

    /// <summary>Our binary encoder.</summary>
    [Benchmark]
    public int Binary()
    {
        _output.ResetWrittenCount();
        BinaryCodec.WriteRequest(SampleMessage.Request, _output);
        return _output.WrittenCount;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        GC.SuppressFinalize(this);
    }
}
