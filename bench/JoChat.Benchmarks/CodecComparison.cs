using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using JoChat.Protocol;

namespace JoChat.Benchmarks;

/// <summary>One <c>send_message</c> with a content of 100 bytes, decoded and encoded by both codecs, and decoded by
/// System.Text.Json into the same shape. All do it in turns, so that a noisy machine is noisy for all.</summary>
internal sealed class CodecComparison
{
    private const int WarmUpRounds = 30; // by then all is compiled for good
    private const int Rounds = 31;
    private const int Operations = 100_000;

    private static readonly SendMessage Message = new("ada", "bob", new string('x', 100));

    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly ReadOnlySequence<byte> _json = BodyOf(JsonCodec.WriteRequest);
    private readonly ReadOnlySequence<byte> _binary = BodyOf(BinaryCodec.WriteRequest);

    public string Run()
    {
        var build = new Work("the record and its strings", () => GC.KeepAlive(
            new SendMessage(new string('a', 3), new string('b', 3), new string('x', 100))));
        var binary = new Work("binary, decode", () => GC.KeepAlive(BinaryCodec.DecodeRequest(_binary)));
        var json = new Work("JSON, decode", () => GC.KeepAlive(JsonCodec.DecodeRequest(_json)));
        var platform = new Work("System.Text.Json, decode", () => GC.KeepAlive(
            JsonSerializer.Deserialize(_json.FirstSpan, EnvelopeContext.Default.Envelope)));
        Work[] all =
        [
            build, binary, json, platform,
            new("binary, encode", () => Encode(BinaryCodec.WriteRequest)),
            new("JSON, encode", () => Encode(JsonCodec.WriteRequest)),
        ];
        for (var round = 0; round < WarmUpRounds + Rounds; round++)
        {
            foreach (var work in all) { work.Measure(); }
        }

        string[] lines =
        [
            .. all.Select(work => work.Report()),
            Compare("binary decode : JSON decode", json.Nanoseconds / binary.Nanoseconds, target: 3),
            Compare("JSON decode : System.Text.Json", platform.Nanoseconds / json.Nanoseconds, target: 1),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private void Encode(Action<Request, IBufferWriter<byte>> write)
    {
        _output.ResetWrittenCount();
        write(Message, _output);
    }

    private static ReadOnlySequence<byte> BodyOf(Action<Request, IBufferWriter<byte>> write)
    {
        var frame = new ArrayBufferWriter<byte>();
        write(Message, frame);
        return new ReadOnlySequence<byte>(frame.WrittenMemory[FrameReader.HeaderSize..]);
    }

    private static string Compare(string name, double ratio, double target) => string.Create(
        CultureInfo.InvariantCulture, $"{name,-32} {ratio,8:F2} times as fast, target {target:F1}");

    /// <summary>What is measured.</summary>
    private sealed class Work(string name, Action once)
    {
        private readonly List<double> _times = [];

        public double Nanoseconds => _times.Skip(WarmUpRounds).Order().ElementAt(Rounds / 2);

        public void Measure()
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Operations; i++) { once(); }
            _times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / Operations);
        }

        public string Report()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            once();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            return string.Create(
                CultureInfo.InvariantCulture, $"{name,-32} {Nanoseconds,8:F1} ns {bytes,6} B allocated");
        }
    }
}

/// <summary>The same shape for System.Text.Json, with setters, which it fills faster than a constructor.</summary>
internal sealed class Envelope
{
    [JsonPropertyName("msg_type")]
    public string? MessageType { get; set; }

    [JsonPropertyName("data")]
    public SendData? Data { get; set; }
}

internal sealed class SendData
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
