namespace JoChat.Protocol.Tests;

/// <summary>What a client makes of messages from a newer, an older or a broken server.</summary>
public sealed class LenientMessageTests
{
    [Theory]
    [InlineData("""{"id":null,"data":{"unread_count":3,"msg":"Hi","status":"ok"},"msg_type":"login"}""")]
    [InlineData("""{"msg_type":"login","new":{"x":[]},"data":{"status":"ok","unread_count":3,"token":{"x":[1]}}}""")]
    [InlineData("""
        {"msg_type":"login","data":5,"data":{"status":"error","unread_count":"x",
        "unread_count":3,"status":"ok"}}
        """)]
    public void A_response_is_read_whatever_stands_beside_it(string body) =>
        Assert.Equal(new LoggedIn(3), Json.DecodeMessage(body));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"data":{"status":"ok"}}""")]
    [InlineData("""{"msg_type":"logout"}""")]
    [InlineData("""{"msg_type":"logout","data":[]}""")]
    [InlineData("""{"msg_type":7,"data":{"status":"ok"}}""")]
    [InlineData("""{"msg_type":"logout","data":{}}""")]
    [InlineData("""{"msg_type":"logout","data":{"status":"maybe"}}""")]
    [InlineData("""{"msg_type":"logout","data":{"status":"ok"}} x""")]
    [InlineData("""{"msg_type":"logout","data":{"status":"ok","x":"\ud800"}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"ok"}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"ok","unread_count":"3"},"id":1}""")]
    [InlineData("""{"msg_type":"count_unread","data":{"status":"ok","unread_count":null}}""")]
    [InlineData("""{"msg_type":"delete_messages","data":{"status":"ok","deleted_count":-1}}""")]
    [InlineData("""{"msg_type":"list_accounts","data":{"status":"ok","users":{}}}""")]
    [InlineData("""{"msg_type":"list_accounts","data":{"status":"ok","users":[[1,"a"],["b",2]]}}""")]
    [InlineData("""{"msg_type":"fetch_away_msgs","data":{"status":"ok","msg":"none"}}""")]
    [InlineData("""
        {"msg_type":"fetch_away_msgs","data":{"status":"ok","msg":[{"id":1,"sender":"a"},
        {"id":2,"sender":"a","content":"b"}]}}
        """)]
    [InlineData("""{"msg_type":"hello","data":{"status":"ok","server":"x","limits":{}}}""")]
    [InlineData("""{"msg_type":"hello","data":{"status":"ok","server":"x","limits":{"max_frame":0}}}""")]
    [InlineData("""{"msg_type":"hello","data":{"status":"ok","limits":{"max_frame":1}}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"error"}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"error","msg":5}}""")]
    [InlineData("""{"msg_type":"holler","data":{"status":"ok"}}""")]
    [InlineData("""{"msg_type":"holler","data":{"x":1}}""")]
    [InlineData("""{"msg_type":"message","data":{"id":1,"sender":"a","recipient":"b","content":"c","sent_at":1}}""")]
    [InlineData("""{"msg_type":"message","data":{"id":1,"sender":"a","recipient":"b","content":"c","away":true}}""")]
    [InlineData("""
        {"msg_type":"message","data":{"id":1,"sender":"a","recipient":"b","content":"c",
        "sent_at":253402300800000,"away":true}}
        """)]
    [InlineData("""
        {"msg_type":"message","data":{"id":1,"sender":"a","recipient":"b","content":"c",
        "sent_at":-62135596800001,"away":true}}
        """)]
    [InlineData(
        """{"msg_type":"message","data":{"id":1,"sender":"a","recipient":"b","content":"c","sent_at":1,"away":1}}""")]
    [InlineData("""{"msg_type":"ack","data":{"status":"ok"}}""")]
    [InlineData("""{"msg_type":"resume","data":{"status":"ok","username":"ada"}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"ok","unread_count":1,"resume_token":5}}""")]
    [InlineData("""{"msg_type":"conversations","data":{"status":"ok","conversations":[{"with":"bob"}]}}""")]
    [InlineData("""
        {"msg_type":"history","data":{"status":"ok","messages":[{"id":1,"sender":"a","recipient":"b",
        "content":"c","sent_at":1}]}}
        """)]
    [InlineData("""
        {"msg_type":"history","data":{"status":"ok","messages":[{"id":1,"sender":"a","recipient":"b",
        "content":"c","sent_at":253402300800000,"state":"read"}]}}
        """)]
    [InlineData("""{"msg_type":"history","data":{"status":"ok","messages":[7]}}""")]
    [InlineData("""{"msg_type":"presence","data":{"status":"ok"}}""")]
    [InlineData("""{"msg_type":"presence","data":{"status":"ok","online":[1]}}""")]
    [InlineData("""{"msg_type":"presence","data":{"username":"bob"}}""")]
    [InlineData("""{"msg_type":"typing","data":{"sender":"bob","typing":"yes"}}""")]
    [InlineData("""{"msg_type":"receipt","data":{"kind":"forwarded","by":"bob","ids":[],"at":1}}""")]
    [InlineData("""{"msg_type":"receipt","data":{"kind":"read","by":"bob","at":1}}""")]
    [InlineData("""{"msg_type":"session_closed","data":{}}""")]
    public void What_is_malformed_or_unknown_is_none(string body) => Assert.Null(Json.DecodeMessage(body));

    [Theory]
    [InlineData("""{"msg_type":"login","data":{"status":"error","msg":"No.","code":"too_late"}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"error","msg":"No.","code":5}}""")]
    [InlineData("""{"msg_type":"login","data":{"status":"error","msg":"No."}}""")]
    public void A_refusal_for_a_reason_this_version_does_not_know_stays_a_refusal(string body) =>
        Assert.Equal(new Refused(Operation.LogIn, ErrorCode.Other, "No."), Json.DecodeMessage(body));

    [Fact]
    public void An_event_may_carry_members_this_version_does_not_know()
    {
        var message = Json.DecodeMessage(
            """
            {"msg_type":"message","data":{"thread":[{}],"away":true,"sent_at":5,"content":"c",
            "recipient":"b","sender":"a","id":1}}
            """);

        Assert.Equal(new MessageArrived(1, "a", "b", "c", DateTimeOffset.FromUnixTimeMilliseconds(5), true), message);
    }

    [Fact]
    public void What_a_newer_server_says_of_a_message_or_a_session_is_taken_as_the_least()
    {
        var history = Json.DecodeMessage(
            """
            {"msg_type":"history","data":{"status":"ok","messages":[{"id":1,"sender":"a","recipient":"b",
            "content":"c","sent_at":0,"state":"framed"}]}}
            """);
        var closed = Json.DecodeMessage("""{"msg_type":"session_closed","data":{"reason":"moonrise"}}""");

        var message = Assert.Single(Assert.IsType<History>(history).Messages);
        Assert.Equal(MessageState.Stored, message.State);
        Assert.Equal(new SessionClosed(SessionCloseReason.Other), closed);
    }

    [Fact]
    public void Of_a_list_that_comes_twice_the_last_counts()
    {
        var messages = Json.DecodeMessage(
            """{"msg_type":"fetch_away_msgs","data":{"status":"ok","msg":[{"id":"x"}],"msg":[]}}""");

        Assert.Empty(Assert.IsType<AwayFetched>(messages).Messages);
    }

    [Fact]
    public void A_lone_surrogate_in_a_text_is_written_as_the_replacement_character()
    {
        var json = Json.Encode(new Refused(Operation.LogIn, ErrorCode.Busy, "a\uD800\nb\uDC00"));

        Assert.Equal(new Refused(Operation.LogIn, ErrorCode.Busy, "a\uFFFD\nb\uFFFD"), Json.DecodeMessage(json));
    }

    [Fact]
    public void Every_error_code_has_a_name_of_its_own_and_comes_back()
    {
        foreach (var code in Enum.GetValues<ErrorCode>())
        {
            var refused = new Refused(Operation.LogIn, code, "No.");

            Assert.Equal(refused, Json.DecodeMessage(Json.Encode(refused)));
        }
    }
}
