using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>Random bytes and broken golden bodies. The cases are the same in every run; JOCHAT_FUZZ_CASES asks for
/// more of them.</summary>
public sealed class JsonFuzzTests
{
    private const int DefaultCases = 20_000;
    private const int MaxBodyBytes = 4096;

    private static readonly int Cases = int.Parse(
        Environment.GetEnvironmentVariable("JOCHAT_FUZZ_CASES") ?? $"{DefaultCases}", CultureInfo.InvariantCulture);

    private static readonly byte[][] Bodies =
    [
        .. GoldenRequests.All.Values.Select(golden => Encoding.UTF8.GetBytes(golden.Json)),
        .. GoldenMessages.All.Values.Select(golden => Encoding.UTF8.GetBytes(golden.Json)),
    ];

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "\uFEFF",
            "null", "true", "-", "0.5", "1e999", "99999999999999999999",
            "\"id\":", "\"data\":", "\"msg_type\":\"login\",", "\"status\":\"ok\",",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0],
    ];

    [Fact]
    public void Random_and_broken_bodies_are_decoded_without_an_exception()
    {
        var random = new Random(1);
        for (var number = 0; number < Cases; number++)
        {
            var body = number % 4 == 0 ? RandomBytes(random) : Break(random, Bodies[random.Next(Bodies.Length)]);

            var fault = Record.Exception(() => Decode(body, random.Next(body.Length + 1)));

            Assert.True(fault is null, $"case {number}, {Convert.ToHexString(body)}: {fault}");
        }
    }

    [Fact]
    public void Random_streams_are_framed_without_an_exception_and_to_an_end()
    {
        var random = new Random(2);
        for (var number = 0; number < Cases; number++)
        {
            var stream = RandomStream(random);
            var buffer = Sequences.Split(stream, random.Next(stream.Length + 1));
            var taken = 0L;

            while (FrameReader.Read(ref buffer, MaxBodyBytes, out var body) is FrameStatus.Complete)
            {
                taken += FrameReader.HeaderSize + body.Length;
                Assert.NotNull(JsonCodec.DecodeRequest(body));
            }

            Assert.Equal(stream.Length, taken + buffer.Length);
        }
    }

    private static void Decode(byte[] body, int seam)
    {
        var request = JsonCodec.DecodeRequest(new ReadOnlySequence<byte>(body));
        var message = JsonCodec.DecodeMessage(new ReadOnlySequence<byte>(body));
        var splitRequest = JsonCodec.DecodeRequest(Sequences.Split(body, seam));
        var splitMessage = JsonCodec.DecodeMessage(Sequences.Split(body, seam));

        Assert.Equivalent(request, splitRequest, strict: true);
        Assert.Equivalent(message, splitMessage, strict: true);
        if (message is not null) { Assert.Equivalent(message, Json.DecodeMessage(Json.Encode(message)), strict: true); }
        if (request is UnreadableRequest unreadable) { AssertIsAnswerable(unreadable); }
        else if (request is not ListAccounts { Start: null } and not ListAccounts { Count: null })
        {
            Assert.Equivalent(request, Json.DecodeRequest(Json.Encode(request)), strict: true);
        }
    }

    private static void AssertIsAnswerable(UnreadableRequest request)
    {
        var refused = new Refused(request.Operation, request.Code, request.Text)
        {
            Id = request.Id,
            MessageType = request.MessageType,
        };

        var decoded = Assert.IsType<Refused>(Json.DecodeMessage(Json.Encode(refused)));

        Assert.Equal((request.Code, request.Text, request.Id), (decoded.Code, decoded.Text, decoded.Id));
    }

    private static byte[] RandomStream(Random random)
    {
        byte[] stream = [];
        for (var frames = random.Next(4); frames > 0; frames--)
        {
            var body = Break(random, Bodies[random.Next(Bodies.Length)]);
            var header = new byte[FrameReader.HeaderSize];
            BinaryPrimitives.WriteInt32BigEndian(header, body.Length);
            stream = [.. stream, .. header, .. body];
        }
        return random.Next(2) == 0 ? stream : Break(random, stream);
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        if (bytes.Length > 0 && random.Next(2) == 0) { bytes[0] = (byte)'{'; }
        return bytes;
    }

    private static byte[] Break(Random random, byte[] whole)
    {
        List<byte> bytes = [.. whole];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
