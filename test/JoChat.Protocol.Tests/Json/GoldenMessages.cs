namespace JoChat.Protocol.Tests;

/// <summary>Responses and events as they stand on the wire. Each is decoded to the message and encoded to the text, in
/// which line breaks do not count.</summary>
internal static class GoldenMessages
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1767225600123);
    private static readonly HistoryMessage Tea = new(21, "bob", "ada", "Tea?", Time, MessageState.Delivered);

    private static readonly (string Name, string Json, ServerMessage Message)[] Table =
    [
        ("signed up", """{"msg_type":"signup","data":{"status":"ok","msg":"Signup successful"}}""", new SignedUp()),
        ("logged in",
            """{"msg_type":"login","data":{"status":"ok","msg":"Login successful.","unread_count":3}}""",
            new LoggedIn(3)),
        ("logged in with a token",
            """
            {"msg_type":"login","data":{"status":"ok","msg":"Login successful.","unread_count":0,
            "resume_token":"q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"}}
            """,
            new LoggedIn(0, new Secret("q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"))),
        ("logged out",
            """{"msg_type":"logout","data":{"status":"ok","msg":"You have been logged out."}}""",
            new LoggedOut()),
        ("counted unread",
            """{"msg_type":"count_unread","data":{"status":"ok","msg":"Count of away messages.","unread_count":3}}""",
            new UnreadCounted(3)),
        ("counted unread with an id",
            """
            {"msg_type":"count_unread","data":{"status":"ok","msg":"Count of away messages.",
            "unread_count":0},"id":7}
            """,
            new UnreadCounted(0) { Id = new RequestId("7") }),
        ("message stored",
            """{"msg_type":"send_message","data":{"status":"ok","msg":"Message stored."}}""",
            new MessageStored()),
        ("message stored with an id",
            """{"msg_type":"send_message","data":{"status":"ok","msg":"Message stored."},"id":"a-1"}""",
            new MessageStored { Id = new RequestId("\"a-1\"") }),
        ("message stored with a client id",
            """
            {"msg_type":"send_message","data":{"status":"ok","msg":"Message stored.","id":22,
            "sent_at":1767225600123}}
            """,
            new MessageStored(new StoredAs(22, Time))),
        ("delivered listed",
            """
            {"msg_type":"send_messages_to_client","data":{"status":"ok","msg":[{"id":17,"sender":"bob",
            "content":"Hi, Ada!","to_deliver":1},{"id":19,"sender":"cyd","content":"Tea?",
            "to_deliver":1}]}}
            """,
            new DeliveredListed([new(17, "bob", "Hi, Ada!"), new(19, "cyd", "Tea?")])),
        ("none delivered",
            """{"msg_type":"send_messages_to_client","data":{"status":"ok","msg":[]}}""",
            new DeliveredListed([])),
        ("away fetched",
            """
            {"msg_type":"fetch_away_msgs","data":{"status":"ok","msg":[{"id":20,"sender":"bob",
            "content":"Back soon?"}]}}
            """,
            new AwayFetched([new(20, "bob", "Back soon?")])),
        ("accounts listed",
            """{"msg_type":"list_accounts","data":{"status":"ok","users":[[1,"ada"],[4,"Anna"]]}}""",
            new AccountsListed([new(1, "ada"), new(4, "Anna")])),
        ("no accounts listed",
            """{"msg_type":"list_accounts","data":{"status":"ok","users":[]}}""",
            new AccountsListed([])),
        ("messages deleted",
            """{"msg_type":"delete_messages","data":{"status":"ok","msg":"Deleted 2 messages.","deleted_count":2}}""",
            new MessagesDeleted(2)),
        ("account deleted",
            """
            {"msg_type":"delete_account","data":{"status":"ok",
            "msg":"Account has been deleted. All associated messages are removed."}}
            """,
            new AccountDeleted()),
        ("database reset",
            """{"msg_type":"reset_db","data":{"status":"ok","msg":"Database reset."}}""",
            new DatabaseReset()),
        ("welcome",
            """
            {"msg_type":"hello","data":{"status":"ok","msg":"Welcome.","server":"jochat/0.1.0",
            "features":["push","ack"],"limits":{"max_frame":1048576,"max_content":65535,"max_username":64,
            "window_messages":256,"window_bytes":262144}}}
            """,
            new Welcome("jochat/0.1.0", Features.Push | Features.Ack, 1024 * 1024, 256, 256 * 1024)),
        ("welcome without features",
            """
            {"msg_type":"hello","data":{"status":"ok","msg":"Welcome.","server":"é","features":[],
            "limits":{"max_frame":1,"max_content":65535,"max_username":64,
            "window_messages":0,"window_bytes":0}}}
            """,
            new Welcome("é", Features.None, 1, 0, 0)),
        ("resumed",
            """
            {"msg_type":"resume","data":{"status":"ok","msg":"Session resumed.","username":"ada",
            "unread_count":3}}
            """,
            new Resumed("ada", 3)),
        ("pong", """{"msg_type":"ping","data":{"status":"ok","msg":"pong"}}""", new Pong()),
        ("password changed",
            """{"msg_type":"change_password","data":{"status":"ok","msg":"Password changed."}}""",
            new PasswordChanged()),
        ("conversations",
            """
            {"msg_type":"conversations","data":{"status":"ok","conversations":[{"with":"bob",
            "unread_count":1,"last_message":{"id":21,"sender":"bob","recipient":"ada","content":"Tea?",
            "sent_at":1767225600123,"state":"delivered"}},{"with":"cyd","unread_count":0}]}}
            """,
            new ConversationList([new("bob", 1, Tea), new("cyd", 0, null)])),
        ("no conversations",
            """{"msg_type":"conversations","data":{"status":"ok","conversations":[]}}""",
            new ConversationList([])),
        ("history",
            """
            {"msg_type":"history","data":{"status":"ok","messages":[{"id":18,"sender":"ada",
            "recipient":"bob","content":"Hi, Bob!","sent_at":1767225600000,"state":"read"},{"id":21,
            "sender":"bob","recipient":"ada","content":"Tea?","sent_at":1767225600123,
            "state":"delivered"}]}}
            """,
            new History([
                new(18, "ada", "bob", "Hi, Bob!", Time.AddMilliseconds(-123), MessageState.Read), Tea])),
        ("no history", """{"msg_type":"history","data":{"status":"ok","messages":[]}}""", new History([])),
        ("history of a message that waits",
            """
            {"msg_type":"history","data":{"status":"ok","messages":[{"id":9223372036854775807,
            "sender":"é","recipient":"日本","content":"😀","sent_at":0,"state":"stored"}]}}
            """,
            new History([new(long.MaxValue, "é", "日本", "😀", DateTimeOffset.UnixEpoch, MessageState.Stored)])),
        ("marked as read",
            """{"msg_type":"mark_read","data":{"status":"ok","msg":"Marked as read."}}""",
            new MarkedRead()),
        ("typing noted", """{"msg_type":"typing","data":{"status":"ok","msg":"Noted."}}""", new TypingNoted()),
        ("presence",
            """{"msg_type":"presence","data":{"status":"ok","online":["bob"]}}""",
            new PresenceOf(["bob"])),
        ("nobody present", """{"msg_type":"presence","data":{"status":"ok","online":[]}}""", new PresenceOf([])),
        ("refused",
            """{"msg_type":"signup","data":{"status":"error","msg":"Username taken","code":"username_taken"}}""",
            new Refused(Operation.SignUp, ErrorCode.UsernameTaken, "Username taken")),
        ("refused with an id",
            """
            {"msg_type":"send_message","data":{"status":"error","msg":"Recipient does not exist.",
            "code":"no_such_recipient"},"id":"a-1"}
            """,
            new Refused(Operation.SendMessage, ErrorCode.NoSuchRecipient, "Recipient does not exist.")
            {
                Id = new RequestId("\"a-1\""),
            }),
        ("refused, of a list",
            """
            {"msg_type":"fetch_away_msgs","data":{"status":"error",
            "msg":"You are not currently logged in.","code":"not_logged_in"}}
            """,
            new Refused(Operation.FetchAway, ErrorCode.NotLoggedIn, "You are not currently logged in.")),
        ("unknown operation",
            """
            {"msg_type":"sing","data":{"status":"error","msg":"Unknown msg_type \"sing\".",
            "code":"unknown_operation"}}
            """,
            new Refused(Operation.Unknown, ErrorCode.UnknownOperation, "Unknown msg_type \"sing\".")
            {
                MessageType = "sing",
            }),
        ("unknown operation that is named like an event",
            """
            {"msg_type":"message","data":{"status":"error","msg":"Unknown msg_type \"message\".",
            "code":"unknown_operation"}}
            """,
            new Refused(Operation.Unknown, ErrorCode.UnknownOperation, "Unknown msg_type \"message\".")
            {
                MessageType = "message",
            }),
        ("refused, of an added operation",
            """
            {"msg_type":"resume","data":{"status":"error","msg":"Resume token is unknown or expired.",
            "code":"invalid_token"}}
            """,
            Refusals.InvalidToken),
        ("malformed",
            """
            {"msg_type":"error","data":{"status":"error",
            "msg":"The body is not valid JSON: line 1, byte 12.","code":"malformed_request"}}
            """,
            new Refused(Operation.Unknown, ErrorCode.MalformedRequest, "The body is not valid JSON: line 1, byte 12.")),
        ("frame too long",
            """
            {"msg_type":"error","data":{"status":"error",
            "msg":"Frame is too long; the limit is 1,048,576 bytes.","code":"frame_too_long"}}
            """,
            new Refused(Operation.Unknown, ErrorCode.FrameTooLong, "Frame is too long; the limit is 1,048,576 bytes.")),
        ("message arrived",
            """
            {"msg_type":"message","data":{"id":21,"sender":"bob","recipient":"ada","content":"Tea?",
            "sent_at":1767225600123,"away":false}}
            """,
            new MessageArrived(21, "bob", "ada", "Tea?", Time, false)),
        ("message arrived, sent while away, long ago",
            """
            {"msg_type":"message","data":{"id":9223372036854775807,"sender":"日本","recipient":"é",
            "content":"😀\"\\\u0000","sent_at":-62135596800000,"away":true}}
            """,
            new MessageArrived(long.MaxValue, "日本", "é", "😀\"\\\0", DateTimeOffset.MinValue, true)),
        ("receipt of delivery",
            """
            {"msg_type":"receipt","data":{"kind":"delivered","by":"bob","ids":[18,19],
            "at":1767225600123}}
            """,
            new ReceiptArrived(ReceiptKind.Delivered, "bob", [18, 19], Time)),
        ("receipt of reading",
            """{"msg_type":"receipt","data":{"kind":"read","by":"bob","ids":[],"at":0}}""",
            new ReceiptArrived(ReceiptKind.Read, "bob", [], DateTimeOffset.UnixEpoch)),
        ("typing arrived",
            """{"msg_type":"typing","data":{"sender":"bob","typing":true}}""",
            new TypingArrived("bob", true)),
        ("typing ended",
            """{"msg_type":"typing","data":{"sender":"bob","typing":false}}""",
            new TypingArrived("bob", false)),
        ("presence changed",
            """{"msg_type":"presence","data":{"username":"bob","online":false}}""",
            new PresenceChanged("bob", false)),
        ("session taken over",
            """{"msg_type":"session_closed","data":{"reason":"taken_over"}}""",
            new SessionClosed(SessionCloseReason.TakenOver)),
        ("session of a deleted account",
            """{"msg_type":"session_closed","data":{"reason":"account_deleted"}}""",
            new SessionClosed(SessionCloseReason.AccountDeleted)),
        ("session of a stopping server",
            """{"msg_type":"session_closed","data":{"reason":"server_stopping"}}""",
            new SessionClosed(SessionCloseReason.ServerStopping)),
        ("session revoked",
            """{"msg_type":"session_closed","data":{"reason":"revoked"}}""",
            new SessionClosed(SessionCloseReason.Revoked)),
        ("queue emptied", """{"msg_type":"queue_empty","data":{}}""", new QueueEmptied()),
    ];

    public static readonly Dictionary<string, (string Json, ServerMessage Message)> All =
        Table.ToDictionary(
            golden => golden.Name, golden => (golden.Json.ReplaceLineEndings(""), golden.Message));

    public static TheoryData<string> Names => [.. All.Keys];
}
