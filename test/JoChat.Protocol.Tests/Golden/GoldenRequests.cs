namespace JoChat.Protocol.Tests;

/// <summary>Requests as they stand on the wire in both encodings. Each is decoded to the message and
/// encoded from it. In JSON line breaks do not count; binary is written as <see cref="Hex"/> reads it, null if this form
/// cannot carry the message.</summary>
internal static class GoldenRequests
{
    private static readonly (string Name, string Json, string? Binary, Request Message)[] Table =
    [
        ("signup", """{"msg_type":"signup","data":{"username":"ada","password":"8d969eef6ecad3c2"}}""",
            "01 00 03'ada' 10'8d969eef6ecad3c2'", new SignUp("ada", new Secret("8d969eef6ecad3c2"))),
        ("signup without anything", """{"msg_type":"signup","data":{}}""", null, new SignUp(null, null)),
        ("signup with empty texts", """{"msg_type":"signup","data":{"username":"","password":""}}""", "01 00 00 00",
            new SignUp("", new Secret(""))),
        ("login", """{"msg_type":"login","data":{"username":"ada","password":"8d969eef6ecad3c2"}}""",
            "02 00 03'ada' 10'8d969eef6ecad3c2'", new LogIn("ada", new Secret("8d969eef6ecad3c2"))),
        ("login without anything", """{"msg_type":"login","data":{}}""", null, new LogIn(null, null)),
        ("login with options",
            """
            {"msg_type":"login","data":{"username":"ada","password":"8d969eef6ecad3c2","takeover":true,
            "resume":true}}
            """,
            "15 00 0003'ada' 0010'8d969eef6ecad3c2' 03",
            new LogIn("ada", new Secret("8d969eef6ecad3c2"), Takeover: true, WantsToken: true)),
        ("login with takeover", """{"msg_type":"login","data":{"username":"ada","password":"x","takeover":true}}""",
            "15 00 0003'ada' 0001'x' 01", new LogIn("ada", new Secret("x"), Takeover: true)),
        ("logout", """{"msg_type":"logout","data":{}}""", "03 00", new LogOut()),
        ("count_unread", """{"msg_type":"count_unread","data":{}}""", "04 00", new CountUnread()),
        ("count_unread with the number 7 as id", """{"msg_type":"count_unread","data":{},"id":7}""", null,
            new CountUnread { Id = new RequestId("7") }),
        ("count_unread with an odd number as id", """{"msg_type":"count_unread","data":{},"id":-1.50E+3}""", null,
            new CountUnread { Id = new RequestId("-1.50E+3") }),
        ("send_message",
            """{"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi, Bob!"}}""",
            "05 00 03'ada' 03'bob' 0008'Hi, Bob!'", new SendMessage("ada", "bob", "Hi, Bob!")),
        ("send_message with a client_id",
            """
            {"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi, Bob!",
            "client_id":"m-1"}}
            """,
            "14 00 0003'ada' 0003'bob' 0008'Hi, Bob!' 0003'm-1'", new SendMessage("ada", "bob", "Hi, Bob!", "m-1")),
        ("send_message with an empty client_id",
            """{"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi!","client_id":""}}""",
            "14 00 0003'ada' 0003'bob' 0003'Hi!' 0000", new SendMessage("ada", "bob", "Hi!", "")),
        ("send_message with an id",
            """{"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi!"},"id":"a-1"}""",
            null, new SendMessage("ada", "bob", "Hi!") { Id = new RequestId("\"a-1\"") }),
        ("send_message with escapes in its id", """{"msg_type":"send_message","data":{},"id":"\u0041\/\ud83d\ude00"}""",
            null,
            new SendMessage(null, null, null) { Id = new RequestId("""
                "\u0041\/\ud83d\ude00"
                """) }),
        ("send_message in many scripts",
            """
            {"msg_type":"send_message","data":{"sender":"é","recipient":"日本",
            "content":"<&'+ ß 😀 \u0007\u001f\t\r\n\"\\/"}}
            """,
            "05 00 02'é' 06'日本' 0015'<&' 27 '+ ß 😀 ' 07 1f 09 0d 0a 22 5c '/'",
            new SendMessage("é", "日本", "<&'+ ß 😀 \u0007\u001f\t\r\n\"\\/")),
        ("send_messages_to_client", """{"msg_type":"send_messages_to_client","data":{}}""", "06 00",
            new ListDelivered()),
        ("fetch_away_msgs", """{"msg_type":"fetch_away_msgs","data":{"limit":20}}""", "07 00 14", new FetchAway(20)),
        ("fetch_away_msgs with a negative limit",
            """{"msg_type":"fetch_away_msgs","data":{"limit":-9223372036854775808}}""", null,
            new FetchAway(long.MinValue)),
        ("list_accounts", """{"msg_type":"list_accounts","data":{"pattern":"a*","start":0,"count":10}}""",
            "08 00 0a 00000000 02'a*'", new ListAccounts("a*", 0, 10)),
        ("list_accounts without a pattern",
            """{"msg_type":"list_accounts","data":{"start":-1,"count":9223372036854775807}}""", null,
            new ListAccounts(null, -1, long.MaxValue)),
        ("delete_messages", """{"msg_type":"delete_messages","data":{"message_ids_to_delete":[17,18]}}""",
            "09 00 02 00000011 00000012", new DeleteMessages([17, 18])),
        ("delete_messages of none", """{"msg_type":"delete_messages","data":{"message_ids_to_delete":[]}}""",
            "09 00 00", new DeleteMessages([])),
        ("delete_account", """{"msg_type":"delete_account","data":{}}""", "0a 00", new DeleteAccount()),
        ("reset_db", """{"msg_type":"reset_db","data":{}}""", "0b 00", new ResetDatabase()),
        ("hello", """{"msg_type":"hello","data":{"client":"jochat-cli/0.1.0","features":["push","ack"]}}""",
            "10 00 00000003 0010'jochat-cli/0.1.0'", new Hello("jochat-cli/0.1.0", Features.Push | Features.Ack)),
        ("hello with all features",
            """{"msg_type":"hello","data":{"features":["push","ack","receipts","typing","presence"]}}""",
            "10 00 0000001f 0000",
            new Hello(null, Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence)),
        ("hello without features", """{"msg_type":"hello","data":{"features":[]}}""", "10 00 00000000 0000",
            new Hello(null, Features.None)),
        ("resume", """{"msg_type":"resume","data":{"token":"q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"}}""",
            "11 00 002b'q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng'",
            new Resume(new Secret("q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"))),
        ("resume without a token", """{"msg_type":"resume","data":{}}""", null, new Resume(null)),
        ("ack", """{"msg_type":"ack","data":{"ids":[20,21]}}""", "12 00 0002 0000000000000014 0000000000000015",
            new Acknowledge([20, 21])),
        ("ack of nothing", """{"msg_type":"ack","data":{"ids":[]}}""", "12 00 0000", new Acknowledge([])),
        ("ping", """{"msg_type":"ping","data":{}}""", "13 00", new Ping()),
        ("change_password",
            """
            {"msg_type":"change_password","data":{"old_password":"8d969eef6ecad3c2",
            "new_password":"5e884898da280471"}}
            """,
            "16 00 0010'8d969eef6ecad3c2' 0010'5e884898da280471'",
            new ChangePassword(new Secret("8d969eef6ecad3c2"), new Secret("5e884898da280471"))),
        ("change_password without anything", """{"msg_type":"change_password","data":{}}""", null,
            new ChangePassword(null, null)),
        ("conversations", """{"msg_type":"conversations","data":{"count":20}}""", "17 00 0000000000000000 0014",
            new ListConversations(null)),
        ("conversations before one", """{"msg_type":"conversations","data":{"before":18,"count":100}}""",
            "17 00 0000000000000012 0064", new ListConversations(18, 100)),
        ("history", """{"msg_type":"history","data":{"with":"bob","count":50}}""",
            "18 00 0003'bob' 0000000000000000 0032", new ReadHistory("bob", null)),
        ("history before a message", """{"msg_type":"history","data":{"with":"bob","before":18,"count":2}}""",
            "18 00 0003'bob' 0000000000000012 0002", new ReadHistory("bob", 18, 2)),
        ("history of nobody", """{"msg_type":"history","data":{"before":-1,"count":-2147483648}}""", null,
            new ReadHistory(null, -1, int.MinValue)),
        ("mark_read", """{"msg_type":"mark_read","data":{"with":"bob","through":21}}""",
            "19 00 0003'bob' 0000000000000015", new MarkRead("bob", 21)),
        ("mark_read without anything", """{"msg_type":"mark_read","data":{}}""", null, new MarkRead(null, null)),
        ("typing", """{"msg_type":"typing","data":{"recipient":"bob","typing":true}}""", "1a 00 0003'bob' 01",
            new Typing("bob")),
        ("typing no more", """{"msg_type":"typing","data":{"recipient":"bob","typing":false}}""", "1a 00 0003'bob' 00",
            new Typing("bob", false)),
        ("presence", """{"msg_type":"presence","data":{"of":["bob","cyd"]}}""", "1b 00 0002 0003'bob' 0003'cyd'",
            new AskPresence(["bob", "cyd"])),
        ("presence of nobody", """{"msg_type":"presence","data":{"of":[]}}""", "1b 00 0000", new AskPresence([])),
    ];

    public static readonly Dictionary<string, Golden<Request>> All = Table.ToDictionary(
        row => row.Name,
        row => new Golden<Request>(
            row.Json.ReplaceLineEndings(""), row.Binary is null ? null : Hex.Read(row.Binary), row.Message));
}
