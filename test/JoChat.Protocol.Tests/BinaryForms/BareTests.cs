using System.Buffers;

namespace JoChat.Protocol.Tests;

/// <summary>The original's form: bodies of ops 1 to 11 one behind the other, without lengths.</summary>
public sealed class BareTests
{
    private const int Enough = Limits.DefaultMaxFrameBytes;

    public static TheoryData<string> Requests =>
        [.. GoldenRequests.All.Where(golden => IsBare(golden.Value.Binary)).Select(golden => golden.Key)];

    public static TheoryData<string> Responses =>
        [.. GoldenMessages.All.Where(golden => IsBare(golden.Value.Binary)).Select(golden => golden.Key)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_its_body_alone_both_ways(string name)
    {
        var (_, body, message) = GoldenRequests.All[name];
        var output = new ArrayBufferWriter<byte>();

        BareWriter.WriteRequest(message, output);
        var decoded = ReadRequests(new ReadOnlySequence<byte>(body!));

        Assert.Equal(body, output.WrittenSpan);
        Assert.Equivalent(message, Assert.Single(decoded), strict: true);
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_response_is_its_body_alone_both_ways(string name)
    {
        var (_, body, message) = GoldenMessages.All[name];
        var output = new ArrayBufferWriter<byte>();

        BareWriter.WriteResponse((Response)message, output);
        var decoded = ReadResponses(new ReadOnlySequence<byte>(body!));

        Assert.Equal(body, output.WrittenSpan);
        Assert.Equivalent(message, Assert.Single(decoded), strict: true);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_truncation_of_a_request_waits_for_more_and_takes_nothing(string name)
    {
        var body = GoldenRequests.All[name].Binary!;
        for (var length = 0; length < body.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(body, 0, length);

            Assert.Equal(BareStatus.Incomplete, BareReader.Read(ref buffer, Enough, out var request));
            Assert.Null(request);
            Assert.Equal(length, buffer.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void Every_truncation_of_a_response_waits_for_more_and_takes_nothing(string name)
    {
        var body = GoldenMessages.All[name].Binary!;
        for (var length = 0; length < body.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(body, 0, length);

            Assert.Equal(BareStatus.Incomplete, BareReader.ReadResponse(ref buffer, Enough, out var response));
            Assert.Null(response);
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void Requests_are_taken_one_by_one_across_every_seam()
    {
        var golden = GoldenRequests.All.Values.Where(golden => IsBare(golden.Binary)).ToArray();
        byte[] stream = [.. golden.SelectMany(row => row.Binary!)];
        var expected = golden.Select(row => Json.Encode(row.Message)).ToArray();

        for (var at = 0; at <= stream.Length; at++)
        {
            Assert.Equal(expected, ReadRequests(Sequences.Split(stream, at)).Select(Json.Encode));
        }
        Assert.Equal(expected, ReadRequests(Sequences.SplitEverywhere(stream)).Select(Json.Encode));
    }

    [Fact]
    public void Responses_are_taken_one_by_one_across_every_seam()
    {
        var golden = GoldenMessages.All.Values.Where(golden => IsBare(golden.Binary)).ToArray();
        byte[] stream = [.. golden.SelectMany(row => row.Binary!)];
        var expected = golden.Select(row => Json.Encode(row.Message)).ToArray();

        for (var at = 0; at <= stream.Length; at++)
        {
            Assert.Equal(expected, ReadResponses(Sequences.Split(stream, at)).Select(Json.Encode));
        }
        Assert.Equal(expected, ReadResponses(Sequences.SplitEverywhere(stream)).Select(Json.Encode));
    }

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

    private static List<Request> ReadRequests(ReadOnlySequence<byte> buffer)
    {
        List<Request> requests = [];
        while (BareReader.Read(ref buffer, Enough, out var request) is BareStatus.Complete) { requests.Add(request!); }
        Assert.True(buffer.IsEmpty);
        return requests;
    }

    private static List<Response> ReadResponses(ReadOnlySequence<byte> buffer)
    {
        List<Response> responses = [];
        while (BareReader.ReadResponse(ref buffer, Enough, out var response) is BareStatus.Complete)
        {
            responses.Add(response!);
        }
        Assert.True(buffer.IsEmpty);
        return responses;
    }
}
