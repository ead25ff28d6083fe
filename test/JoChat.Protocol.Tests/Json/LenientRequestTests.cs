namespace JoChat.Protocol.Tests;

/// <summary>What clients may write in other ways than the golden ones.</summary>
public sealed class LenientRequestTests
{
    [Theory]
    [InlineData("""{"data":{"username":"ada","password":"pw"},"msg_type":"login"}""")]
    [InlineData("""{ "msg_type" : "login" , "data" : { "username" : "ada" , "password" : "pw" } }  """)]
    [InlineData("{\r\n\t\"msg_type\":\"login\",\n\"data\":{\"username\":\"ada\",\"password\":\"pw\"}}\n")]
    [InlineData("""{"\u006dsg_type":"log\u0069n","d\u0061ta":{"user\u006eame":"a\u0064a","password":"\u0070w"}}""")]
    [InlineData(
        """{"msg_type":"login","data":{"username":"ada","password":"pw","x":{"username":[1,{"y":2}]}},"z":[[]]}""")]
    [InlineData("""{"msg_type":"login","data":{"username":"x","password":"pw","username":"ada"}}""")]
    [InlineData("""{"msg_type":"login","data":{"username":5,"username":"ada","password":"pw"}}""")]
    [InlineData("""{"msg_type":"login","data":[],"data":{"username":"ada","password":"pw"}}""")]
    [InlineData("""{"msg_type":"login","data":{"username":5},"data":{"username":"ada","password":"pw"}}""")]
    [InlineData("""{"msg_type":"send_message","data":{"username":"ada","password":"pw"},"msg_type":"login"}""")]
    [InlineData(
        """{"msg_type":"list_accounts","data":{"username":"ada","password":"pw","pattern":1},"msg_type":"login"}""")]
    [InlineData("""{"msg_type":5,"msg_type":"login","data":{"username":"ada","password":"pw"}}""")]
    [InlineData("""{"msg_type":"x","data":{"username":"ada","password":"pw"},"msg_type":"login"}""")]
    [InlineData("""{"msg_type":"login","data":{"username":"ada","password":"pw"},"id":null}""")]
    [InlineData("""{"msg_type":"login","data":{"username":"ada","password":"pw"},"id":{},"id":null}""")]
    public void A_login_may_be_written_so(string body) =>
        Assert.Equal(new LogIn("ada", new Secret("pw")), Json.DecodeRequest(body));

    [Fact]
    public void Of_several_ids_the_last_is_echoed()
    {
        var request = Json.DecodeRequest("""{"id":1,"msg_type":"logout","id":"2","data":{},"id":3.0}""");

        Assert.Equal(new LogOut { Id = new RequestId("3.0") }, request);
    }

    [Fact]
    public void Text_is_unescaped()
    {
        var request = Json.DecodeRequest(
            """{"msg_type":"send_message","data":{"content":"\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t\u0000\\ud800"}}""");

        Assert.Equal(new SendMessage(null, null, "é😀\"\\/\b\f\n\r\t\0\\ud800"), request);
    }

    [Theory]
    [InlineData("""{"username":null,"password":null}""")]
    [InlineData("""{"username":"a","username":null}""")]
    public void Null_counts_as_missing(string data) =>
        Assert.Equal(new LogIn(null, null), Decode("login", data));

    [Fact]
    public void A_fault_does_not_outlive_the_data_it_stood_in() => Assert.Equal(
        new LogIn(null, null), Json.DecodeRequest("""{"msg_type":"login","data":{"username":5},"data":{}}"""));

    [Theory]
    [InlineData("{}", 10)]
    [InlineData("""{"limit":null}""", 10)]
    [InlineData("""{"num_messages":7}""", 7)]
    [InlineData("""{"limit":null,"num_messages":7}""", 7)]
    [InlineData("""{"limit":5,"num_messages":7}""", 5)]
    [InlineData("""{"num_messages":7,"limit":5}""", 5)]
    [InlineData("""{"limit":0}""", 0)]
    [InlineData("""{"limit":"x","limit":5}""", 5)]
    public void The_fetch_limit_has_an_alias_and_a_default(string data, long limit) => Assert.Equal(
        new FetchAway(limit), Decode("fetch_away_msgs", data));

    [Theory]
    [InlineData("{}", 0L, 10L)]
    [InlineData("""{"start":null,"count":null}""", 0L, 10L)]
    [InlineData("""{"start":5,"count":2000}""", 5L, 2000L)]
    [InlineData("""{"start":"5","count":[]}""", null, null)]
    [InlineData("""{"start":1.5,"count":1e400}""", null, null)]
    [InlineData("""{"start":{"count":3},"count":3,"start":true}""", null, 3L)]
    [InlineData("""{"start":[],"start":3}""", 3L, 10L)]
    public void A_page_that_is_no_integer_is_left_to_the_session(string data, long? start, long? count) =>
        Assert.Equal(new ListAccounts(null, start, count), Decode("list_accounts", data));

    [Theory]
    [InlineData("{}", new long[0])]
    [InlineData("""{"message_ids_to_delete":null}""", new long[0])]
    [InlineData("""{"message_ids_to_delete":5}""", new long[0])]
    [InlineData("""{"message_ids_to_delete":{"0":5}}""", new long[0])]
    [InlineData(
        """{"message_ids_to_delete":[3,"4",null,[5],{"x":6},7.5,true,-8,99999999999999999999]}""",
        new long[] { 3, -8 })]
    [InlineData("""{"message_ids_to_delete":[3],"message_ids_to_delete":[4]}""", new long[] { 4 })]
    public void Ids_to_delete_that_are_no_integers_are_dropped(string data, long[] ids) =>
        Assert.Equal(ids, Assert.IsType<DeleteMessages>(Decode("delete_messages", data)).Ids);

    [Theory]
    [InlineData("{}", Features.None)]
    [InlineData("""{"features":null}""", Features.None)]
    [InlineData("""{"features":["Push","teleport"]}""", Features.None)]
    [InlineData("""{"features":["teleport","push","push"]}""", Features.Push)]
    [InlineData("""{"features":[1],"features":["push"]}""", Features.Push)]
    [InlineData("""{"features":["none","ack"]}""", Features.Ack)]
    public void Features_unknown_to_the_server_are_left_out(string data, Features features) =>
        Assert.Equal(new Hello(null, features), Decode("hello", data));

    [Theory]
    [InlineData("{}", null, 50)]
    [InlineData("""{"before":null,"count":null}""", null, 50)]
    [InlineData("""{"before":7,"count":99999999999}""", 7L, int.MaxValue)]
    [InlineData("""{"before":0,"count":-99999999999}""", 0L, int.MinValue)]
    public void A_page_of_history_has_defaults_and_is_capped(string data, long? before, int count) =>
        Assert.Equal(new ReadHistory(null, before, count), Decode("history", data));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"takeover":null,"resume":null}""")]
    [InlineData("""{"takeover":true,"takeover":false,"resume":1,"resume":false}""")]
    public void A_login_has_no_options_unless_they_are_true(string data) =>
        Assert.Equal(new LogIn(null, null), Decode("login", data));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ids":null}""")]
    [InlineData("""{"ids":["1"],"ids":[]}""")]
    public void An_ack_may_be_of_nothing(string data) =>
        Assert.Empty(Assert.IsType<Acknowledge>(Decode("ack", data)).Ids);

    [Fact]
    public void Typing_is_begun_unless_it_says_otherwise() =>
        Assert.Equal(new Typing(null), Decode("typing", "{}"));

    [Fact]
    public void An_unreadable_request_has_no_form_to_be_written_in() => Assert.Throws<ArgumentException>(
        () => Json.Encode(new UnreadableRequest(Operation.LogIn, ErrorCode.MalformedRequest, "x")));

    private static Request Decode(string messageType, string data) =>
        Json.DecodeRequest($$$"""{"msg_type":"{{{messageType}}}","data":{{{data}}}}""");
}
