using System.Buffers;
using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>Random bytes and broken golden bodies in both decoders: never an exception, always the same whether the
/// body lies in one piece or in two, never more memory than it accounts for; and what was read is written and read alike.
/// </summary>
public sealed class BodyFuzzTests
{
    private static readonly byte[][] JsonTokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "\uFEFF",
            "null", "true", "-", "0.5", "1e999", "99999999999999999999",
            "\"id\":", "\"data\":", "\"msg_type\":\"login\",", "\"status\":\"ok\",",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0],
    ];

    private static readonly byte[][] BinaryTokens =
    [
        [0], [1], [2], [0xFF], [0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0, 0, 0, 0, 0], [0, 0], [0, 1],
        [0xC3], [0xED, 0xA0, 0x80], [5, 0], [20, 0], [6, 1, 1], [32, 2],
    ];

    private static readonly byte[][] JsonBodies =
    [
        .. GoldenRequests.All.Values.Select(golden => Encoding.UTF8.GetBytes(golden.Json)),
        .. GoldenMessages.All.Values.Select(golden => Encoding.UTF8.GetBytes(golden.Json)),
    ];

    private static readonly byte[][] BinaryBodies =
    [
        .. GoldenRequests.All.Values.Select(golden => golden.Binary).OfType<byte[]>(),
        .. GoldenMessages.All.Values.Select(golden => golden.Binary).OfType<byte[]>(),
    ];

    private readonly ArrayBufferWriter<byte> _first = new(), _second = new();

    // The first message of all makes the codecs' tables, which no input accounts for.
    public BodyFuzzTests() => AssertComesBack(TestedCodec.Binary, new QueueEmptied());

    [Fact]
    public void Json_bodies_are_decoded_without_an_exception() => Fuzz.Run(1, random => random.Next(4) == 0
        ? Begin(Fuzz.RandomBytes(random, 40), (byte)'{')
        : Fuzz.Break(random, Pick(random, JsonBodies), JsonTokens), TryJson);

    [Fact]
    public void Binary_bodies_are_decoded_without_an_exception() => Fuzz.Run(2, random => random.Next(4) == 0
        ? Begin(Fuzz.RandomBytes(random, 40), (byte)random.Next(40))
        : Fuzz.Break(random, Pick(random, BinaryBodies), BinaryTokens), TryBinary);

    private void TryJson(Random random, byte[] body)
    {
        var (request, message) = TryAny(TestedCodec.Json, random, body);
        if (message is not null) { AssertComesBack(TestedCodec.Json, message); }
        if (request is UnreadableRequest unreadable) { AssertIsAnswerable(unreadable); }
        else if (request is not ListAccounts { Start: null } and not ListAccounts { Count: null })
        {
            AssertComesBack(TestedCodec.Json, request);
        }
    }

    private void TryBinary(Random random, byte[] body)
    {
        var (request, message) = TryAny(TestedCodec.Binary, random, body);
        if (message is not null) { AssertComesBack(TestedCodec.Binary, message); }
        if (request is not UnreadableRequest) { AssertComesBack(TestedCodec.Binary, request); }
    }

    private (Request Request, ServerMessage? Message) TryAny(TestedCodec codec, Random random, byte[] body)
    {
        var whole = new ReadOnlySequence<byte>(body);
        var split = Sequences.Split(body, random.Next(body.Length + 1));
        var request = Fuzz.Frugally(whole, codec.DecodeRequest);
        var message = Fuzz.Frugally(whole, codec.DecodeMessage);

        AssertSame(request, codec.DecodeRequest(split), codec.WriteRequest);
        AssertSame(message, codec.DecodeMessage(split), codec.WriteMessage);
        return (request, message);
    }

    private void AssertComesBack(TestedCodec codec, Request request) => AssertSame(
        request, codec.DecodeRequest(new ReadOnlySequence<byte>(codec.Encode(request))), codec.WriteRequest);

    private void AssertComesBack(TestedCodec codec, ServerMessage message) => AssertSame(
        message, codec.DecodeMessage(new ReadOnlySequence<byte>(codec.Encode(message))), codec.WriteMessage);

    // The written frames are compared: records compare the arrays in them by reference.
    private void AssertSame<T>(T? expected, T? actual, Action<T, IBufferWriter<byte>> write)
        where T : class
    {
        if (expected is null or UnreadableRequest)
        {
            Assert.Equal(expected, actual);
            return;
        }
        Assert.NotNull(actual);
        _first.ResetWrittenCount();
        _second.ResetWrittenCount();
        write(expected, _first);
        write(actual, _second);
        Assert.True(_first.WrittenSpan.SequenceEqual(_second.WrittenSpan), $"{expected} is not {actual}");
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

    private static byte[] Pick(Random random, byte[][] bodies) => bodies[random.Next(bodies.Length)];

    private static byte[] Begin(byte[] bytes, byte first)
    {
        if (bytes.Length > 0) { bytes[0] = first; }
        return bytes;
    }
}
