using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>The original's form: bodies of ops 1 to 11 one behind the other, without lengths.</summary>
public sealed class BareTests
{
    private const int Enough = Limits.DefaultMaxFrameBytes;

    private static readonly Golden<Request>[] Requests =
        [.. GoldenRequests.All.Values.Where(golden => IsBare(golden.Binary))];

    private static readonly Golden<ServerMessage>[] Responses =
        [.. GoldenMessages.All.Values.Where(golden => IsBare(golden.Binary))];

    private delegate BareStatus Reading<T>(ref ReadOnlySequence<byte> buffer, int maxBytes, out T? message);

    [Fact]
    public void A_request_is_its_body_alone_both_ways() =>
        AssertBothWays<Request, Request>(Requests, BareWriter.WriteRequest, BareReader.Read);

    [Fact]
    public void A_response_is_its_body_alone_both_ways() => AssertBothWays<ServerMessage, Response>(
        Responses, (message, output) => BareWriter.WriteResponse((Response)message, output), BareReader.ReadResponse);

    [Fact]
    public void Every_truncation_of_a_request_waits_for_more_and_takes_nothing() =>
        AssertTruncationsWait<Request, Request>(Requests, BareReader.Read);

    [Fact]
    public void Every_truncation_of_a_response_waits_for_more_and_takes_nothing() =>
        AssertTruncationsWait<ServerMessage, Response>(Responses, BareReader.ReadResponse);

    [Fact]
    public void Requests_are_taken_one_by_one_across_every_seam() => Assert.All(
        Sequences.SplitAnywhere([.. Requests.SelectMany(golden => golden.Binary!)]),
        split => Assert.Equal(Requests.Select(golden => golden.Json), ReadRequests(split).Select(Json.Encode)));

    [Fact]
    public void Responses_are_taken_one_by_one_across_every_seam() => Assert.All(
        Sequences.SplitAnywhere([.. Responses.SelectMany(golden => golden.Binary!)]),
        split => Assert.Equal(
            Responses.Select(golden => golden.Json),
            ReadAll<Response>(BareReader.ReadResponse, split).Select(Json.Encode)));

    [Fact]
    public void The_longest_request_is_taken_in_one_piece_and_in_many()
    {
        var longest = new SendMessage(new string('s', 255), new string('r', 255), new string('c', 65_535));
        var output = new ArrayBufferWriter<byte>();
        BareWriter.WriteRequest(longest, output);
        byte[] stream = [.. output.WrittenSpan, 3, 0];

        Assert.Equal(BareReader.MaxRequestBytes, output.WrittenCount);
        Assert.Equal([longest, new LogOut()], ReadRequests(new ReadOnlySequence<byte>(stream)));
        Assert.Equal([longest, new LogOut()], ReadRequests(Sequences.SplitEverywhere(stream)));
    }

    [Theory]
    [InlineData("00", "Unknown op 0.")]
    [InlineData("0c", "Unknown op 12.")]
    [InlineData("10 00 00000000 0000", "Unknown op 16.")] // hello has no bare form
    [InlineData("14 00 0000 0000 0000 0000", "Unknown op 20.")]
    [InlineData("ff 01 0000", "Unknown op 255.")]
    [InlineData("03 01", "is_response must be 0 in a request, not 1.")]
    [InlineData("05 02 00 00 0000", "is_response must be 0 in a request, not 2.")]
    public void What_begins_no_request_is_beyond_recovery(string bytes, string text)
    {
        var buffer = new ReadOnlySequence<byte>(Hex.Read(bytes));

        Assert.Equal(BareStatus.Malformed, BareReader.Read(ref buffer, Enough, out var request));
        Assert.Equal(text, Assert.IsType<UnreadableRequest>(request).Text);
    }

    [Fact]
    public void A_text_that_is_no_Utf8_is_refused_and_the_line_goes_on()
    {
        var requests = ReadRequests(new ReadOnlySequence<byte>(Hex.Read("05 00 01 ff 01'b' 0001'c' 03 00")));

        var refused = new UnreadableRequest(
            Operation.SendMessage, ErrorCode.MalformedRequest, "The text at byte 3 is not valid UTF-8.");
        Assert.Equal([refused, new LogOut()], requests);
    }

    [Theory]
    [InlineData(10, BareStatus.Complete)]
    [InlineData(9, BareStatus.Malformed)]
    [InlineData(1, BareStatus.Malformed)]
    public void A_request_over_the_limit_is_refused_once_that_much_has_come(int limit, BareStatus expected)
    {
        var body = Hex.Read("01 00 03'ada' 03'pwd'");
        foreach (var buffer in new[] { new ReadOnlySequence<byte>(body), Sequences.SplitEverywhere(body) })
        {
            var rest = buffer;

            Assert.Equal(expected, BareReader.Read(ref rest, limit, out var request));
            var isTooLong = request is UnreadableRequest { Code: ErrorCode.FrameTooLong };
            Assert.Equal(expected is BareStatus.Malformed, isTooLong);
        }
    }

    [Theory]
    [InlineData("0c 01 01")]
    [InlineData("20 02")] // events have no bare form
    [InlineData("03 00 01 00")]
    [InlineData("03 01 02 00")]
    [InlineData("03 01 01 01 ff")]
    public void What_is_no_response_is_beyond_recovery(string bytes)
    {
        var buffer = new ReadOnlySequence<byte>(Hex.Read(bytes));

        Assert.Equal(BareStatus.Malformed, BareReader.ReadResponse(ref buffer, Enough, out var response));
        Assert.Null(response);
    }

    [Fact]
    public void What_has_no_bare_form_is_not_written()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentException>(() => BareWriter.WriteRequest(new Ping(), output));
        Assert.Throws<ArgumentException>(() => BareWriter.WriteRequest(new SendMessage("a", "b", "c", "id"), output));
        Assert.Throws<ArgumentException>(
            () => BareWriter.WriteRequest(new LogIn("a", new Secret("b"), Takeover: true), output));
        Assert.Throws<ArgumentException>(
            () => BareWriter.WriteRequest(new LogIn(new string('a', 256), new Secret("b")), output));
        Assert.Throws<ArgumentException>(() => BareWriter.WriteResponse(new Pong(), output));
        Assert.Throws<ArgumentException>(
            () => BareWriter.WriteResponse(Refusals.NotLoggedIn(Operation.ReadHistory), output));
        Assert.Equal(0, output.WrittenCount);
    }

    private static bool IsBare(byte[]? body) => body is [<= OperationCodec.LastOriginalOp or 255, ..];

    private static void AssertBothWays<TGolden, T>(
        Golden<TGolden>[] rows, Action<TGolden, IBufferWriter<byte>> write, Reading<T> read) => Assert.All(rows, golden =>
    {
        var output = new ArrayBufferWriter<byte>();

        write(golden.Message, output);
        var decoded = ReadAll(read, new ReadOnlySequence<byte>(golden.Binary!));

        Assert.Equal(golden.Binary, output.WrittenSpan);
        Assert.Equivalent(golden.Message, Assert.Single(decoded), strict: true);
    });

    private static void AssertTruncationsWait<TGolden, T>(Golden<TGolden>[] rows, Reading<T> read) =>
        Assert.All(rows, golden =>
        {
            for (var length = 0; length < golden.Binary!.Length; length++)
            {
                var buffer = new ReadOnlySequence<byte>(golden.Binary, 0, length);

                Assert.Equal(BareStatus.Incomplete, read(ref buffer, Enough, out var message));
                Assert.Null(message);
                Assert.Equal(length, buffer.Length);
            }
        });

    private static List<Request> ReadRequests(ReadOnlySequence<byte> buffer) =>
        ReadAll<Request>(BareReader.Read, buffer);

    private static List<T> ReadAll<T>(Reading<T> read, ReadOnlySequence<byte> buffer)
    {
        List<T> messages = [];
        while (read(ref buffer, Enough, out var message) is BareStatus.Complete) { messages.Add(message!); }
        Assert.True(buffer.IsEmpty);
        return messages;
    }
}
