namespace JoChat.Protocol.Tests;

/// <summary>Binary requests that cannot be read, and what answers them.</summary>
public sealed class UnreadableBodyTests
{
    [Theory]
    [InlineData("", "The body must begin with op and is_response.")]
    [InlineData("01", "The body must begin with op and is_response.")]
    [InlineData("03 01", "is_response must be 0 in a request, not 1.")]
    [InlineData("10 02", "is_response must be 0 in a request, not 2.")]
    public void A_body_without_a_beginning_is_refused_as_such(string body, string text) => Assert.Equal(
        new UnreadableRequest(Operation.Unknown, ErrorCode.MalformedRequest, text),
        Binary.DecodeRequest(Hex.Read(body)));

    [Theory]
    [InlineData("00 00", 0)]
    [InlineData("0c 00", 12)]
    [InlineData("26 00", 38)] // an event, which a client cannot ask for
    [InlineData("27 00", 39)]
    [InlineData("ff 00", 255)]
    public void An_unknown_op_is_refused_with_its_number(string body, int op) => Assert.Equal(
        new UnreadableRequest(Operation.Unknown, ErrorCode.UnknownOperation, $"Unknown op {op}."),
        Binary.DecodeRequest(Hex.Read(body)));

    [Theory]
    [InlineData("01 00 05'ada' 00", "The body ends within its fields, after byte 3.")] // oversized length
    [InlineData("01 00 02'ada' 00", "The body ends within its fields, after byte 6.")] // undersized: 'a' is a length
    [InlineData("05 00 01'a' 01'b' ffff 'c'", "The body ends within its fields, after byte 8.")]
    [InlineData("05 00 01'a' 01'b' 0000 'c'", "The body goes on behind its fields, at byte 8.")]
    [InlineData("09 00 02 00000001", "The body ends within its fields, after byte 3.")]
    [InlineData("09 00 01 00000001 00000002", "The body goes on behind its fields, at byte 7.")]
    [InlineData("12 00 ffff", "The body ends within its fields, after byte 4.")]
    [InlineData("12 00 0001 0000000000000001 00", "The body goes on behind its fields, at byte 12.")]
    [InlineData("1b 00 ffff 0000", "The body ends within its fields, after byte 4.")]
    [InlineData("1b 00 0002 0001'a' 0002'b'", "The body ends within its fields, after byte 9.")]
    [InlineData("03 00 00", "The body goes on behind its fields, at byte 2.")]
    [InlineData("05 00 02 c080 01'b' 0000", "The text at byte 3 is not valid UTF-8.")]
    [InlineData("05 00 01'a' 03 eda080 0000", "The text at byte 5 is not valid UTF-8.")]
    [InlineData("05 00 01 ff 01 ff 0001 ff", "The text at byte 3 is not valid UTF-8.")]
    [InlineData("05 00 01'a' 01'b' 0002 e282", "The text at byte 8 is not valid UTF-8.")]
    [InlineData("12 00 0001 8000000000000000", "The integer at byte 4 must be below 2^63.")]
    [InlineData("1a 00 0001'b' 02", "The flag at byte 5 must be 0 or 1, not 2.")]
    public void A_body_that_breaks_a_rule_is_told_where(string body, string text)
    {
        var request = Assert.IsType<UnreadableRequest>(Binary.DecodeRequest(Hex.Read(body)));

        Assert.Equal((ErrorCode.MalformedRequest, text), (request.Code, request.Text));
        Assert.Equal((byte)request.Operation, Hex.Read(body)[0]);
    }

    [Fact]
    public void It_is_answered_without_an_operation()
    {
        var refused = new Refused(Operation.SignUp, ErrorCode.MalformedRequest, "No.");

        Assert.Equal(Hex.Read("ff 01 0003'No.'"), Binary.Encode(refused));
        Assert.Equal(new Refused(Operation.Unknown, refused.Code, refused.Text), Binary.RoundTrip(refused));
    }

    [Fact]
    public void An_answer_without_an_operation_tells_an_unknown_op_and_a_long_frame_by_their_words()
    {
        var unknown = Refusals.UnknownOp(99);
        var tooLong = Refusals.FrameTooLong(1000);

        foreach (var bad in new[] { unknown, tooLong })
        {
            var refused = new Refused(bad.Operation, bad.Code, bad.Text);

            Assert.Equal(refused, Binary.RoundTrip(refused));
        }
    }

    [Theory]
    [InlineData("01 01 02 00")]
    [InlineData("ff 01 0001 ff")]
    [InlineData("ff 02 0000")]
    [InlineData("fe 01 0000")]
    [InlineData("0c 01 01")]
    [InlineData("12 01 01")] // an ack has no response
    [InlineData("01 02 01 00")]
    [InlineData("26 01 01 00")]
    [InlineData("21 02 03 0001'b' 0000 0000000000000000")] // a receipt of a newer kind
    [InlineData("20 02 8000000000000000 0000 0000 0000 0000000000000000 00")]
    [InlineData("20 02 0000000000000001 0000 0000 0000 0000e677d21fdc00 00")] // the year 10000
    [InlineData("06 01 01 ff 00000001 00 0000")]
    [InlineData("18 01 01 ffff")]
    public void What_is_malformed_or_unknown_is_no_message(string body) =>
        Assert.Null(Binary.DecodeMessage(Hex.Read(body)));

    [Fact]
    public void What_a_newer_server_says_of_a_message_or_a_session_is_taken_as_the_least()
    {
        var history = Binary.DecodeMessage(Hex.Read(
            "18 01 01 0001 0000000000000001 0001'a' 0001'b' 0001'c' 0000000000000000 07"));

        Assert.Equal(MessageState.Stored, Assert.IsType<History>(history).Messages.Single().State);
        Assert.Equal(new SessionClosed(SessionCloseReason.Other), Binary.DecodeMessage(Hex.Read("24 02 63")));
        Assert.Equal(
            new Refused(Operation.Ping, ErrorCode.Other, "No."),
            Binary.DecodeMessage(Hex.Read("13 01 00 05'later' 0003'No.'")));
        Assert.Equal(new Hello(null, Features.Push), Binary.DecodeRequest(Hex.Read("10 00 ffff0001 0000")));
        Assert.Equal(
            new LogIn("a", new Secret("b"), WantsToken: true),
            Binary.DecodeRequest(Hex.Read("15 00 0001'a' 0001'b' fe")));
    }
}
