using System.Text;

namespace JoChat.Protocol.Tests;

public sealed class UnreadableRequestTests
{
    [Theory]
    [InlineData("", "The body is empty; it must be a JSON object.")]
    [InlineData("[]", "The body must be a JSON object, beginning with '{'.")]
    [InlineData("5", "The body must be a JSON object, beginning with '{'.")]
    [InlineData(" {}", "The body must be a JSON object, beginning with '{'.")]
    [InlineData("\uFEFF{}", "The body must be a JSON object, beginning with '{'.")]
    [InlineData("\x02\0\x03ada\x02pw", "The body must be a JSON object, beginning with '{'.")]
    [InlineData("{\"data\":{}} x", "The body is not valid JSON: line 1, byte 13.")]
    [InlineData("{\n\"data\":{},}", "The body is not valid JSON: line 2, byte 11.")]
    [InlineData("{} {}", "The body is not valid JSON: line 1, byte 4.")]
    [InlineData("{}", "msg_type is missing.")]
    [InlineData("""{"msg_type":null,"data":{}}""", "msg_type is missing.")]
    [InlineData("""{"msg_type":5,"data":{}}""", "msg_type must be a string, not a number.")]
    [InlineData("""{"msg_type":["login"],"data":{}}""", "msg_type must be a string, not an array.")]
    public void A_body_without_a_readable_type_is_refused_as_such(string body, string text) => Assert.Equal(
        new UnreadableRequest(Operation.Unknown, ErrorCode.MalformedRequest, text), Json.DecodeRequest(body));

    [Theory]
    [InlineData("""{"msg_type":"login","data":{"username":5}}""", "data.username must be a string, not a number.")]
    [InlineData("""{"msg_type":"login","data":{"password":true}}""", "data.password must be a string, not a boolean.")]
    [InlineData("""{"data":{"username":[]},"msg_type":"login"}""", "data.username must be a string, not an array.")]
    [InlineData("""{"msg_type":"login","data":{"username":{"username":"a"}}}""",
        "data.username must be a string, not an object.")]
    [InlineData("""{"msg_type":"login","data":{"username":1,"password":2}}""",
        "data.username must be a string, not a number.")]
    [InlineData("""{"msg_type":"login","data":{"username":1,"password":[],"username":"a"}}""",
        "data.password must be a string, not an array.")]
    [InlineData("""{"msg_type":"login","data":{}} x""", "The body is not valid JSON: line 1, byte 32.")]
    [InlineData("""{"msg_type":"login","data":[]}""", "data must be an object, not an array.")]
    [InlineData("""{"msg_type":"login","data":{},"data":"{}"}""", "data must be an object, not a string.")]
    [InlineData("""{"msg_type":"login","data":{},"id":{}}""", "id must be a string or a number, not an object.")]
    [InlineData("""{"msg_type":"login","data":{},"id":false}""", "id must be a string or a number, not a boolean.")]
    public void A_login_that_breaks_a_rule_is_told_which(string body, string text) => Assert.Equal(
        new UnreadableRequest(Operation.LogIn, ErrorCode.MalformedRequest, text), Json.DecodeRequest(body));

    [Theory]
    [InlineData("signup", "\"username\":1", "data.username must be a string, not a number.")]
    [InlineData("signup", "\"password\":{}", "data.password must be a string, not an object.")]
    [InlineData("send_message", "\"sender\":1", "data.sender must be a string, not a number.")]
    [InlineData("send_message", "\"recipient\":[1]", "data.recipient must be a string, not an array.")]
    [InlineData("send_message", "\"content\":false", "data.content must be a string, not a boolean.")]
    [InlineData("fetch_away_msgs", "\"limit\":\"5\"", "data.limit must be an integer of 64 bits, not a string.")]
    [InlineData("fetch_away_msgs", "\"limit\":1.5", "data.limit must be an integer of 64 bits, not another number.")]
    [InlineData("fetch_away_msgs", "\"limit\":9223372036854775808",
        "data.limit must be an integer of 64 bits, not another number.")]
    [InlineData("fetch_away_msgs", "\"num_messages\":[]",
        "data.num_messages must be an integer of 64 bits, not an array.")]
    [InlineData("list_accounts", "\"pattern\":1", "data.pattern must be a string, not a number.")]
    [InlineData("hello", "\"client\":1", "data.client must be a string, not a number.")]
    [InlineData("hello", "\"features\":\"push\"", "data.features must be an array of strings, not a string.")]
    [InlineData("hello", "\"features\":[\"push\",1]",
        "data.features must be an array of strings, not an array with a number.")]
    [InlineData("hello", "\"features\":[null]", "data.features must be an array of strings, not an array with null.")]
    [InlineData("login", "\"takeover\":1", "data.takeover must be a boolean, not a number.")]
    [InlineData("login", "\"resume\":\"yes\"", "data.resume must be a boolean, not a string.")]
    [InlineData("send_message", "\"client_id\":7", "data.client_id must be a string, not a number.")]
    [InlineData("resume", "\"token\":[]", "data.token must be a string, not an array.")]
    [InlineData("ack", "\"ids\":7", "data.ids must be an array of integers of 64 bits, not a number.")]
    [InlineData("ack", "\"ids\":[7,1.5]",
        "data.ids must be an array of integers of 64 bits, not an array with another number.")]
    [InlineData("ack", "\"ids\":[\"7\"]",
        "data.ids must be an array of integers of 64 bits, not an array with a string.")]
    [InlineData("change_password", "\"new_password\":1", "data.new_password must be a string, not a number.")]
    [InlineData("conversations", "\"count\":\"9\"", "data.count must be an integer of 64 bits, not a string.")]
    [InlineData("history", "\"before\":1e3", "data.before must be an integer of 64 bits, not another number.")]
    [InlineData("mark_read", "\"through\":true", "data.through must be an integer of 64 bits, not a boolean.")]
    [InlineData("typing", "\"typing\":0", "data.typing must be a boolean, not a number.")]
    [InlineData("presence", "\"of\":\"bob\"", "data.of must be an array of strings, not a string.")]
    public void A_member_of_a_wrong_type_is_named(string messageType, string member, string text)
    {
        var request = Json.DecodeRequest($$$"""{"msg_type":"{{{messageType}}}","data":{{{{member}}}}}""");

        var unreadable = Assert.IsType<UnreadableRequest>(request);
        Assert.NotEqual(Operation.Unknown, unreadable.Operation);
        Assert.Equal((ErrorCode.MalformedRequest, text), (unreadable.Code, unreadable.Text));
    }

    [Fact]
    public void Every_operation_needs_its_data()
    {
        foreach (var codec in Codecs.Operations)
        {
            var name = Encoding.UTF8.GetString(codec.MessageType);
            var refused = new UnreadableRequest(codec.Operation, ErrorCode.MalformedRequest, "data is missing.");

            Assert.Equal(refused, Json.DecodeRequest($$"""{"msg_type":"{{name}}"}"""));
            Assert.Equal(refused, Json.DecodeRequest($$"""{"msg_type":"{{name}}","data":null}"""));
        }
    }

    [Theory]
    [InlineData("sing", "sing")]
    [InlineData("", "")]
    [InlineData("LOGIN", "LOGIN")]
    [InlineData("login ", "login ")]
    [InlineData("error", "error")]
    [InlineData("message", "message")] // an event, which a client cannot ask for
    [InlineData("\\u0073ing", "sing")]
    public void An_unknown_type_is_refused_under_its_own_name(string messageType, string echoed)
    {
        var request = Json.DecodeRequest($$$"""{"msg_type":"{{{messageType}}}","data":{},"id":1}""");

        var text = $"Unknown msg_type \"{echoed}\".";
        var refused = new UnreadableRequest(Operation.Unknown, ErrorCode.UnknownOperation, text);
        Assert.Equal(refused with { MessageType = echoed, Id = new RequestId("1") }, request);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    [InlineData(100_000, 64)]
    public void An_unknown_type_is_cut_to_64_characters(int length, int echoed)
    {
        var request = Json.DecodeRequest($$$"""{"msg_type":"{{{new string('x', length)}}}","data":{}}""");

        Assert.Equal(new string('x', echoed), Assert.IsType<UnreadableRequest>(request).MessageType);
    }

    [Fact]
    public void An_unknown_type_is_not_cut_within_a_surrogate_pair()
    {
        var name = "x" + string.Concat(Enumerable.Repeat("😀", 40));

        var request = Json.DecodeRequest($$$"""{"msg_type":"{{{name}}}","data":{}}""");

        Assert.Equal(name[..63], Assert.IsType<UnreadableRequest>(request).MessageType);
    }

    [Theory]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{"content":"\ud800"}}""")]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{"content":"\udc00\ud800"}}""")]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{"content":"\ud800\ud800"}}""")]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{"content":"\ud800\ud800\udc00"}}""")]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{"content":"\\\ud800\\udc00"}}""")]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{"unknown":"\uD800"}}""")]
    [InlineData("""{"msg_type":"send_message","id":"q","data":{},"\ud800":1}""")]
    [InlineData("""{"\udfff":1,"msg_type":"send_message","id":"q","data":{}}""")]
    public void An_unpaired_surrogate_anywhere_is_refused_with_operation_and_id(string body) =>
        Assert.Equal(NoUnicode, Json.DecodeRequest(body));

    [Theory]
    [InlineData("content\":\"", new byte[] { 0xFF })]
    [InlineData("content\":\"", new byte[] { 0xC0, 0x80 })] // overlong
    [InlineData("content\":\"", new byte[] { 0xED, 0xA0, 0x80 })] // a surrogate in UTF-8
    [InlineData("content\":\"", new byte[] { 0xF4, 0x90, 0x80, 0x80 })] // beyond U+10FFFF
    [InlineData("content\":\"", new byte[] { 0xE2, 0x82 })] // cut off
    [InlineData("unknown", new byte[] { 0xFF })]
    public void Bytes_that_are_no_Utf8_are_refused_with_operation_and_id(string place, byte[] invalid)
    {
        const string Json = """{"msg_type":"send_message","id":"q","data":{"content":"","unknown":1}}""";
        var at = Json.IndexOf(place, StringComparison.Ordinal) + place.Length;
        byte[] body = [.. Encoding.UTF8.GetBytes(Json[..at]), .. invalid, .. Encoding.UTF8.GetBytes(Json[at..])];

        var request = Tests.Json.DecodeRequest(body);

        Assert.Equal(NoUnicode, request);
    }

    [Theory]
    [InlineData("""{"msg_type":"\ud800","data":{}}""")]
    [InlineData("""{"msg_type":"x","id":"\ud800","data":{}}""")]
    public void A_type_or_an_id_that_is_no_Unicode_is_not_echoed(string body)
    {
        var request = Assert.IsType<UnreadableRequest>(Json.DecodeRequest(body));

        Assert.Equal(ErrorCode.MalformedRequest, request.Code);
        Assert.Null(request.Id);
        Assert.Null(request.MessageType);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Nesting_without_end_is_refused(char open, char close)
    {
        var deep = new string(open, 100_000).Replace("{", "{\"a\":", StringComparison.Ordinal);

        foreach (var bomb in new[] { deep, deep + "1" + new string(close, 100_000) })
        {
            var request = Json.DecodeRequest($$$"""{"msg_type":"login","data":{"x":{{{bomb}}}}}""");

            Assert.Equal(ErrorCode.MalformedRequest, Assert.IsType<UnreadableRequest>(request).Code);
        }
    }

    [Theory]
    [InlineData(Limits.MaxRequestIdBytes, true)]
    [InlineData(Limits.MaxRequestIdBytes + 1, false)]
    public void An_id_is_bounded_in_bytes(int length, bool isAccepted)
    {
        var id = $"\"é{new string('x', length - 4)}\"";

        var request = Json.DecodeRequest($$$"""{"msg_type":"logout","data":{},"id":{{{id}}}}""");

        Assert.Equal(isAccepted ? new RequestId(id) : null, request.Id);
        Assert.Equal(isAccepted, request is LogOut);
        if (!isAccepted) { Assert.Equal("id is 129 bytes; the limit is 128.", ((UnreadableRequest)request).Text); }
    }

    [Fact]
    public void The_id_that_came_before_the_fault_is_kept()
    {
        var request = Json.DecodeRequest("""{"msg_type":"login","id":7,"data":{"username":""");

        Assert.Equal(new RequestId("7"), request.Id);
        Assert.Equal(Operation.LogIn, request.Operation);
    }

    private static UnreadableRequest NoUnicode { get; } =
        new(Operation.SendMessage, ErrorCode.MalformedRequest, "The body is not valid Unicode.")
        {
            Id = new RequestId("\"q\""),
        };
}
