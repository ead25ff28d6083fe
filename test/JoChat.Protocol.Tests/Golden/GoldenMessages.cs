namespace JoChat.Protocol.Tests;

/// <summary>Responses and events as they stand on the wire in both encodings. Each is decoded to the message and
/// encoded from it. In JSON line breaks do not count; binary is written as <see cref="Hex"/> reads it, null if this form
/// cannot carry the message.</summary>
internal static class GoldenMessages
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1767225600123);
    private static readonly HistoryMessage Tea = new(21, "bob", "ada", "Tea?", Time, MessageState.Delivered);

    /// <summary>The message whose last field is not there if an older server wrote it.</summary>
    public const string RefusedSince = "refused, because of another session";

    private static readonly (string Name, string Json, string? Binary, ServerMessage Message)[] Table =
    [
        ("signed up", """{"msg_type":"signup","data":{"status":"ok","msg":"Signup successful"}}""",
            "01 01 01 11'Signup successful'", new SignedUp()),
        ("logged in", """{"msg_type":"login","data":{"status":"ok","msg":"Login successful.","unread_count":3}}""",
            "02 01 01 0003 11'Login successful.'", new LoggedIn(3)),
        ("logged in with a token",
            """
            {"msg_type":"login","data":{"status":"ok","msg":"Login successful.","unread_count":0,
            "resume_token":"q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"}}
            """,
            "15 01 01 0000000000000000 002b'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng'",
            new LoggedIn(0, new Secret("q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"))),
        ("logged out", """{"msg_type":"logout","data":{"status":"ok","msg":"You have been logged out."}}""",
            "03 01 01 19'You have been logged out.'", new LoggedOut()),
        ("counted unread",
            """{"msg_type":"count_unread","data":{"status":"ok","msg":"Count of away messages.","unread_count":3}}""",
            "04 01 01 0003 17'Count of away messages.'", new UnreadCounted(3)),
        ("counted unread with an id",
            """
            {"msg_type":"count_unread","data":{"status":"ok","msg":"Count of away messages.",
            "unread_count":0},"id":7}
            """,
            null, new UnreadCounted(0) { Id = new RequestId("7") }),
        ("message stored", """{"msg_type":"send_message","data":{"status":"ok","msg":"Message stored."}}""",
            "05 01 01 0f'Message stored.'", new MessageStored()),
        ("message stored with an id",
            """{"msg_type":"send_message","data":{"status":"ok","msg":"Message stored."},"id":"a-1"}""", null,
            new MessageStored { Id = new RequestId("\"a-1\"") }),
        ("message stored with a client id",
            """
            {"msg_type":"send_message","data":{"status":"ok","msg":"Message stored.","id":22,
            "sent_at":1767225600123}}
            """,
            "14 01 01 0000000000000016 0000019b76daa87b", new MessageStored(new StoredAs(22, Time))),
        ("delivered listed",
            """
            {"msg_type":"send_messages_to_client","data":{"status":"ok","msg":[{"id":17,"sender":"bob",
            "content":"Hi, Ada!","to_deliver":1},{"id":19,"sender":"cyd","content":"Tea?",
            "to_deliver":1}]}}
            """,
            "06 01 01 02 00000011 03'bob' 0008'Hi, Ada!' 00000013 03'cyd' 0004'Tea?'",
            new DeliveredListed([new(17, "bob", "Hi, Ada!"), new(19, "cyd", "Tea?")])),
        ("none delivered", """{"msg_type":"send_messages_to_client","data":{"status":"ok","msg":[]}}""", "06 01 01 00",
            new DeliveredListed([])),
        ("away fetched",
            """
            {"msg_type":"fetch_away_msgs","data":{"status":"ok","msg":[{"id":20,"sender":"bob",
            "content":"Back soon?"}]}}
            """,
            "07 01 01 0001 00000014 03'bob' 000a'Back soon?'", new AwayFetched([new(20, "bob", "Back soon?")])),
        ("accounts listed", """{"msg_type":"list_accounts","data":{"status":"ok","users":[[1,"ada"],[4,"Anna"]]}}""",
            "08 01 01 02 00000001 03'ada' 00000004 04'Anna'", new AccountsListed([new(1, "ada"), new(4, "Anna")])),
        ("no accounts listed", """{"msg_type":"list_accounts","data":{"status":"ok","users":[]}}""", "08 01 01 00",
            new AccountsListed([])),
        ("messages deleted",
            """{"msg_type":"delete_messages","data":{"status":"ok","msg":"Deleted 2 messages.","deleted_count":2}}""",
            "09 01 01 02 13'Deleted 2 messages.'", new MessagesDeleted(2)),
        ("account deleted",
            """
            {"msg_type":"delete_account","data":{"status":"ok",
            "msg":"Account has been deleted. All associated messages are removed."}}
            """,
            "0a 01 01 3e'Account has been deleted. All associated messages are removed.'", new AccountDeleted()),
        ("account deleted with the password",
            """
            {"msg_type":"delete_account","data":{"status":"ok",
            "msg":"Account has been deleted. All associated messages are removed."}}
            """,
            "21 01 01", new AccountDeleted { IsExtended = true }),
        ("database reset", """{"msg_type":"reset_db","data":{"status":"ok","msg":"Database reset."}}""",
            "0b 01 01 0f'Database reset.'", new DatabaseReset()),
        ("welcome",
            """
            {"msg_type":"hello","data":{"status":"ok","msg":"Welcome.","server":"jochat/0.1.0",
            "features":["push","ack"],"limits":{"max_frame":1048576,"max_content":65535,"max_username":64,
            "window_messages":256,"window_bytes":262144}}}
            """,
            "10 01 01 00000003 000c'jochat/0.1.0' 00100000 0000ffff 00000040 00000100 00040000",
            new Welcome("jochat/0.1.0", Features.Push | Features.Ack, 1024 * 1024, 256, 256 * 1024)),
        ("welcome without features",
            """
            {"msg_type":"hello","data":{"status":"ok","msg":"Welcome.","server":"é","features":[],
            "limits":{"max_frame":1,"max_content":65535,"max_username":64,
            "window_messages":0,"window_bytes":0}}}
            """,
            "10 01 01 00000000 0002'é' 00000001 0000ffff 00000040 00000000 00000000",
            new Welcome("é", Features.None, 1, 0, 0)),
        ("resumed",
            """
            {"msg_type":"resume","data":{"status":"ok","msg":"Session resumed.","username":"ada",
            "unread_count":3}}
            """,
            "11 01 01 0003'ada' 0000000000000003", new Resumed("ada", 3)),
        ("resumed without take-over",
            """
            {"msg_type":"resume","data":{"status":"ok","msg":"Session resumed.","username":"ada",
            "unread_count":3}}
            """,
            "1e 01 01 0003'ada' 0000000000000003 0000", new Resumed("ada", 3) { IsExtended = true }),
        ("resumed with the next token",
            """
            {"msg_type":"resume","data":{"status":"ok","msg":"Session resumed.","username":"ada",
            "unread_count":3,"resume_token":"zF3dQk9TbXpLc2E0-q83vEjRWeJASNFZ4kBI0VngAAA"}}
            """,
            "1e 01 01 0003'ada' 0000000000000003 002b'zF3dQk9TbXpLc2E0-q83vEjRWeJASNFZ4kBI0VngAAA'",
            new Resumed("ada", 3, new Secret("zF3dQk9TbXpLc2E0-q83vEjRWeJASNFZ4kBI0VngAAA")) { IsExtended = true }),
        ("pong", """{"msg_type":"ping","data":{"status":"ok","msg":"pong"}}""", "13 01 01", new Pong()),
        ("password changed", """{"msg_type":"change_password","data":{"status":"ok","msg":"Password changed."}}""",
            "16 01 01", new PasswordChanged()),
        ("conversations",
            """
            {"msg_type":"conversations","data":{"status":"ok","conversations":[{"with":"bob",
            "unread_count":1,"last_message":{"id":21,"sender":"bob","recipient":"ada","content":"Tea?",
            "sent_at":1767225600123,"state":"delivered"}},{"with":"cyd","unread_count":0}]}}
            """,
            """
            17 01 01 0002 0003'bob' 0000000000000001 01 0000000000000015 0003'bob' 0003'ada' 0004'Tea?'
            0000019b76daa87b 01 0003'cyd' 0000000000000000 00
            """,
            new ConversationList([new("bob", 1, Tea), new("cyd", 0, null)])),
        ("no conversations", """{"msg_type":"conversations","data":{"status":"ok","conversations":[]}}""",
            "17 01 01 0000", new ConversationList([])),
        ("history",
            """
            {"msg_type":"history","data":{"status":"ok","messages":[{"id":18,"sender":"ada",
            "recipient":"bob","content":"Hi, Bob!","sent_at":1767225600000,"state":"read"},{"id":21,
            "sender":"bob","recipient":"ada","content":"Tea?","sent_at":1767225600123,
            "state":"delivered"}]}}
            """,
            """
            18 01 01 0002 0000000000000012 0003'ada' 0003'bob' 0008'Hi, Bob!' 0000019b76daa800 02
            0000000000000015 0003'bob' 0003'ada' 0004'Tea?' 0000019b76daa87b 01
            """,
            new History([new(18, "ada", "bob", "Hi, Bob!", Time.AddMilliseconds(-123), MessageState.Read), Tea])),
        ("no history", """{"msg_type":"history","data":{"status":"ok","messages":[]}}""", "18 01 01 0000",
            new History([])),
        ("history of a message that waits",
            """
            {"msg_type":"history","data":{"status":"ok","messages":[{"id":9223372036854775807,
            "sender":"é","recipient":"日本","content":"😀","sent_at":0,"state":"stored"}]}}
            """,
            "18 01 01 0001 7fffffffffffffff 0002'é' 0006'日本' 0004'😀' 0000000000000000 00",
            new History([new(long.MaxValue, "é", "日本", "😀", DateTimeOffset.UnixEpoch, MessageState.Stored)])),
        ("marked as read", """{"msg_type":"mark_read","data":{"status":"ok","msg":"Marked as read."}}""", "19 01 01",
            new MarkedRead()),
        ("typing noted", """{"msg_type":"typing","data":{"status":"ok","msg":"Noted."}}""", "1a 01 01",
            new TypingNoted()),
        ("inbox",
            """
            {"msg_type":"inbox","data":{"status":"ok","messages":[{"id":21,"sender":"bob",
            "recipient":"ada","content":"Tea?","sent_at":1767225600123,"state":"delivered"}]}}
            """,
            "1c 01 01 0001 0000000000000015 0003'bob' 0003'ada' 0004'Tea?' 0000019b76daa87b 01",
            new InboxRead([Tea])),
        ("empty inbox", """{"msg_type":"inbox","data":{"status":"ok","messages":[]}}""", "1c 01 01 0000",
            new InboxRead([])),
        ("marked as delivered", """{"msg_type":"mark_delivered","data":{"status":"ok","msg":"Marked as delivered."}}""",
            "1d 01 01", new MarkedDelivered()),
        ("presence", """{"msg_type":"presence","data":{"status":"ok","online":["bob"]}}""", "1b 01 01 0001 0003'bob'",
            new PresenceOf(["bob"])),
        ("nobody present", """{"msg_type":"presence","data":{"status":"ok","online":[]}}""", "1b 01 01 0000",
            new PresenceOf([])),
        ("blocked", """{"msg_type":"block","data":{"status":"ok","msg":"Blocked."}}""", "22 01 01", new Blocked()),
        ("unblocked", """{"msg_type":"unblock","data":{"status":"ok","msg":"Unblocked."}}""", "23 01 01",
            new Unblocked()),
        ("blocked listed",
            """{"msg_type":"blocked","data":{"status":"ok","blocked":[{"id":4,"username":"bob"}]}}""",
            "24 01 01 0001 0000000000000004 0003'bob'", new BlockedListed([new ListedAccount(4, "bob")])),
        ("nobody blocked", """{"msg_type":"blocked","data":{"status":"ok","blocked":[]}}""", "24 01 01 0000",
            new BlockedListed([])),
        ("deleted from",
            """{"msg_type":"delete_from","data":{"status":"ok","msg":"Deleted 300 messages.","deleted_count":300}}""",
            "25 01 01 000000000000012c", new DeletedFrom(300)),
        ("sessions",
            """
            {"msg_type":"sessions","data":{"status":"ok","sessions":[{"id":7,"client":"jochat-cli/0.1.0",
            "address":"192.0.2.7","created_at":1767225600123,"used_at":1767225600456,"own":true,"connected":true},
            {"id":9223372036854775807,"client":"","address":"","created_at":0,"used_at":0,"own":false,
            "connected":false}]}}
            """,
            """
            1f 01 01 0002 0000000000000007 0010'jochat-cli/0.1.0' 0009'192.0.2.7' 0000019b76daa87b 0000019b76daa9c8 01 01
            7fffffffffffffff 0000 0000 0000000000000000 0000000000000000 00 00
            """,
            new LoginsListed([
                new(7, "jochat-cli/0.1.0", "192.0.2.7", Time, Time.AddMilliseconds(333), IsOwn: true, IsConnected: true),
                new(long.MaxValue, "", "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, false, false),
            ])),
        ("no sessions", """{"msg_type":"sessions","data":{"status":"ok","sessions":[]}}""", "1f 01 01 0000",
            new LoginsListed([])),
        ("revoked", """{"msg_type":"revoke","data":{"status":"ok","msg":"Session revoked.","own":false}}""",
            "20 01 01 00", new LoginRevoked(IsOwn: false)),
        ("revoked own", """{"msg_type":"revoke","data":{"status":"ok","msg":"Session revoked.","own":true}}""",
            "20 01 01 01", new LoginRevoked(IsOwn: true)),
        ("refused",
            """{"msg_type":"signup","data":{"status":"error","msg":"Username taken","code":"username_taken"}}""",
            "01 01 00 0e'Username taken'", new Refused(Operation.SignUp, ErrorCode.UsernameTaken, "Username taken")),
        ("refused with an id",
            """
            {"msg_type":"send_message","data":{"status":"error","msg":"Recipient does not exist.",
            "code":"no_such_recipient"},"id":"a-1"}
            """,
            null,
            new Refused(Operation.SendMessage, ErrorCode.NoSuchRecipient, "Recipient does not exist.")
            {
                Id = new RequestId("\"a-1\""),
            }),
        ("refused, of a list",
            """
            {"msg_type":"fetch_away_msgs","data":{"status":"error",
            "msg":"You are not currently logged in.","code":"not_logged_in"}}
            """,
            "07 01 00 20'You are not currently logged in.'",
            new Refused(Operation.FetchAway, ErrorCode.NotLoggedIn, "You are not currently logged in.")),
        ("unknown operation",
            """
            {"msg_type":"sing","data":{"status":"error","msg":"Unknown msg_type \"sing\".",
            "code":"unknown_operation"}}
            """,
            null,
            new Refused(Operation.Unknown, ErrorCode.UnknownOperation, "Unknown msg_type \"sing\".")
            {
                MessageType = "sing",
            }),
        ("unknown operation that is named like an event",
            """
            {"msg_type":"message","data":{"status":"error","msg":"Unknown msg_type \"message\".",
            "code":"unknown_operation"}}
            """,
            null,
            new Refused(Operation.Unknown, ErrorCode.UnknownOperation, "Unknown msg_type \"message\".")
            {
                MessageType = "message",
            }),
        ("refused, of an added operation",
            """
            {"msg_type":"resume","data":{"status":"error","msg":"Resume token is unknown or expired.",
            "code":"invalid_token"}}
            """,
            "11 01 00 0d'invalid_token' 0023'Resume token is unknown or expired.'", Refusals.InvalidToken),
        (RefusedSince,
            """
            {"msg_type":"login","data":{"status":"error","msg":"This user is already logged in.",
            "code":"already_logged_in","since":1767225600123}}
            """,
            "15 01 00 11'already_logged_in' 001f'This user is already logged in.' 0000019b76daa87b",
            Refusals.AlreadyLoggedIn with { Since = Time, IsExtended = true }),
        ("refused, because of too many guesses",
            """
            {"msg_type":"change_password","data":{"status":"error",
            "msg":"Too many wrong passwords; try again in 6 s.","code":"rate_limited","retry_after_ms":5021}}
            """,
            "16 01 00 0c'rate_limited' 002b'Too many wrong passwords; try again in 6 s.' 0000139d",
            Refusals.TooManyGuesses(Operation.ChangePassword, TimeSpan.FromSeconds(5.021))),
        ("refused, because the inbox is full",
            """
            {"msg_type":"send_message","data":{"status":"error",
            "msg":"Too many messages wait for the recipient; try again when some have been read.",
            "code":"inbox_full"}}
            """,
            "05 01 00 4d'Too many messages wait for the recipient; try again when some have been read.'",
            Refusals.InboxFull),
        ("malformed",
            """
            {"msg_type":"error","data":{"status":"error",
            "msg":"The body is not valid JSON: line 1, byte 12.","code":"malformed_request"}}
            """,
            "ff 01 002c'The body is not valid JSON: line 1, byte 12.'",
            new Refused(Operation.Unknown, ErrorCode.MalformedRequest, "The body is not valid JSON: line 1, byte 12.")),
        ("frame too long",
            """
            {"msg_type":"error","data":{"status":"error",
            "msg":"Frame is too long; the limit is 1,048,576 bytes.","code":"frame_too_long"}}
            """,
            "ff 01 0030'Frame is too long; the limit is 1,048,576 bytes.'",
            new Refused(Operation.Unknown, ErrorCode.FrameTooLong, "Frame is too long; the limit is 1,048,576 bytes.")),
        ("message arrived",
            """
            {"msg_type":"message","data":{"id":21,"sender":"bob","recipient":"ada","content":"Tea?",
            "sent_at":1767225600123,"away":false}}
            """,
            "20 02 0000000000000015 0003'bob' 0003'ada' 0004'Tea?' 0000019b76daa87b 00",
            new MessageArrived(21, "bob", "ada", "Tea?", Time, false)),
        ("message arrived, sent while away, long ago",
            """
            {"msg_type":"message","data":{"id":9223372036854775807,"sender":"日本","recipient":"é",
            "content":"😀\"\\\u0000","sent_at":-62135596800000,"away":true}}
            """,
            null, new MessageArrived(long.MaxValue, "日本", "é", "😀\"\\\0", DateTimeOffset.MinValue, true)),
        ("receipt of delivery",
            """{"msg_type":"receipt","data":{"kind":"delivered","by":"bob","ids":[18,19],"at":1767225600123}}""",
            "21 02 01 0003'bob' 0002 0000000000000012 0000000000000013 0000019b76daa87b",
            new ReceiptArrived(ReceiptKind.Delivered, "bob", [18, 19], Time)),
        ("receipt of reading", """{"msg_type":"receipt","data":{"kind":"read","by":"bob","ids":[],"at":0}}""",
            "21 02 02 0003'bob' 0000 0000000000000000",
            new ReceiptArrived(ReceiptKind.Read, "bob", [], DateTimeOffset.UnixEpoch)),
        ("typing arrived", """{"msg_type":"typing","data":{"sender":"bob","typing":true}}""", "22 02 0003'bob' 01",
            new TypingArrived("bob", true)),
        ("typing ended", """{"msg_type":"typing","data":{"sender":"bob","typing":false}}""", "22 02 0003'bob' 00",
            new TypingArrived("bob", false)),
        ("presence changed", """{"msg_type":"presence","data":{"username":"bob","online":false}}""",
            "23 02 0003'bob' 00", new PresenceChanged("bob", false)),
        ("session taken over", """{"msg_type":"session_closed","data":{"reason":"taken_over"}}""", "24 02 01",
            new SessionClosed(SessionCloseReason.TakenOver)),
        ("session of a deleted account", """{"msg_type":"session_closed","data":{"reason":"account_deleted"}}""",
            "24 02 02", new SessionClosed(SessionCloseReason.AccountDeleted)),
        ("session of a stopping server", """{"msg_type":"session_closed","data":{"reason":"server_stopping"}}""",
            "24 02 03", new SessionClosed(SessionCloseReason.ServerStopping)),
        ("session revoked", """{"msg_type":"session_closed","data":{"reason":"revoked"}}""", "24 02 04",
            new SessionClosed(SessionCloseReason.Revoked)),
        ("inbox grew", """{"msg_type":"inbox","data":{"through":21}}""", "26 02 0000000000000015", new InboxGrew(21)),
        ("account gone", """{"msg_type":"account_gone","data":{"username":"bob"}}""", "27 02 0003'bob'",
            new AccountGone("bob")),
        ("queue emptied", """{"msg_type":"queue_empty","data":{}}""", "25 02", new QueueEmptied()),
    ];

    public static readonly Dictionary<string, Golden<ServerMessage>> All = Table.ToDictionary(
        row => row.Name,
        row => new Golden<ServerMessage>(
            row.Json.ReplaceLineEndings(""), row.Binary is null ? null : Hex.Read(row.Binary), row.Message));
}
