using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>Random and broken streams, as a server reads them: detection, then frames and bodies, or bare requests. And
/// bare responses, as a client reads them.</summary>
public sealed class StreamFuzzTests
{
    private const int MaxBytes = 4096;

    private static readonly byte[][] Tokens =
    [
        [0], [1], [5, 0], [0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0x10, 0], [0xFF, 0xFF, 0xFF, 0xFF],
        [7, 1, 1, 0xFF, 0xFF], [0x16, 3, 1], .. new[] { "{", "GET ", "POST /" }.Select(Encoding.ASCII.GetBytes),
    ];

    private static readonly byte[][] Frames =
    [
        .. GoldenRequests.All.Values.SelectMany(golden => new[] { Encoding.UTF8.GetBytes(golden.Json), golden.Binary })
            .OfType<byte[]>().Select(Frame),
    ];

    private static readonly byte[][] BareRequests =
        [.. GoldenRequests.All.Values.Select(golden => golden.Binary).OfType<byte[]>().Where(IsBare)];

    private static readonly byte[][] BareResponses =
        [.. GoldenMessages.All.Values.Select(golden => golden.Binary).OfType<byte[]>().Where(IsBare)];

    // The first message of all makes the codecs' tables, which no input accounts for.
    public StreamFuzzTests() => _ = BinaryCodec.DecodeMessage(new ReadOnlySequence<byte>(BareResponses[0]));

    [Fact]
    public void Streams_to_a_server_are_read_to_an_end_without_an_exception()
    {
        Fuzz.Run(3, random => Make(random, random.Next(2) == 0 ? Frames : BareRequests), (random, stream) =>
        {
            var buffer = Sequences.Split(stream, random.Next(stream.Length + 1));
            switch (ProtocolDetector.Detect(buffer))
            {
                case WireProtocol.Json:
                    ReadFrames(buffer, JsonCodec.DecodeRequest);
                    break;
                case WireProtocol.Binary:
                    ReadFrames(buffer, BinaryCodec.DecodeRequest);
                    break;
                case WireProtocol.Bare:
                    ReadBare(buffer);
                    break;
                case WireProtocol.Undecided:
                    Assert.True(stream.Length < ProtocolDetector.MaxBytes);
                    break;
                default:
                    Assert.NotEqual(0, stream[0]);
                    break;
            }
        });
    }

    [Fact]
    public void Streams_to_a_bare_client_are_read_to_an_end_without_an_exception()
    {
        Fuzz.Run(4, random => Make(random, BareResponses), (random, stream) =>
        {
            var buffer = Sequences.Split(stream, random.Next(stream.Length + 1));
            var taken = 0L;
            while (true)
            {
                var before = buffer.Length;
                var status = Fuzz.Frugally(buffer, _ => BareReader.ReadResponse(ref buffer, MaxBytes, out var _));
                if (status is not BareStatus.Complete) { break; }
                Assert.True(buffer.Length < before);
                taken += before - buffer.Length;
            }
            Assert.Equal(stream.Length, taken + buffer.Length);
        });
    }

    private static void ReadFrames(ReadOnlySequence<byte> buffer, Func<ReadOnlySequence<byte>, Request> decode)
    {
        var rest = buffer;
        var taken = 0L;
        while (FrameReader.Read(ref rest, MaxBytes, out var body) is FrameStatus.Complete)
        {
            taken += FrameReader.HeaderSize + body.Length;
            Assert.NotNull(Fuzz.Frugally(body, decode));
        }
        Assert.Equal(buffer.Length, taken + rest.Length);
    }

    private static void ReadBare(ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            Request? request = null;
            var before = buffer.Length;
            var status = Fuzz.Frugally(buffer, _ => BareReader.Read(ref buffer, MaxBytes, out request));

            Assert.Equal(status is BareStatus.Incomplete, request is null);
            Assert.Equal(status is BareStatus.Complete, buffer.Length < before);
            if (status is BareStatus.Malformed) { Assert.IsType<UnreadableRequest>(request); }
            if (status is not BareStatus.Complete) { return; }
        }
    }

    private static byte[] Make(Random random, byte[][] pieces)
    {
        if (random.Next(8) == 0) { return Fuzz.RandomBytes(random, 40); }
        byte[] stream = [];
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            stream = [.. stream, .. pieces[random.Next(pieces.Length)]];
        }
        return Fuzz.Break(random, stream, Tokens);
    }

    private static byte[] Frame(byte[] body)
    {
        var header = new byte[FrameReader.HeaderSize];
        BinaryPrimitives.WriteInt32BigEndian(header, body.Length);
        return [.. header, .. body];
    }

    private static bool IsBare(byte[] body) => body[0] is <= OperationCodec.LastOriginalOp or 255;
}
