namespace JoChat.Protocol.Tests;

/// <summary>Requests as they stand on the wire. Each is decoded to the message and encoded to the text, in which line
/// breaks do not count.</summary>
internal static class GoldenRequests
{
    private static readonly (string Name, string Json, Request Message)[] Table =
    [
        ("signup",
            """{"msg_type":"signup","data":{"username":"ada","password":"8d969eef6ecad3c2"}}""",
            new SignUp("ada", new Secret("8d969eef6ecad3c2"))),
        ("signup without anything", """{"msg_type":"signup","data":{}}""", new SignUp(null, null)),
        ("signup with empty texts",
            """{"msg_type":"signup","data":{"username":"","password":""}}""",
            new SignUp("", new Secret(""))),
        ("login",
            """{"msg_type":"login","data":{"username":"ada","password":"8d969eef6ecad3c2"}}""",
            new LogIn("ada", new Secret("8d969eef6ecad3c2"))),
        ("login without anything", """{"msg_type":"login","data":{}}""", new LogIn(null, null)),
        ("login with options",
            """
            {"msg_type":"login","data":{"username":"ada","password":"8d969eef6ecad3c2","takeover":true,
            "resume":true}}
            """,
            new LogIn("ada", new Secret("8d969eef6ecad3c2"), Takeover: true, WantsToken: true)),
        ("login with takeover",
            """{"msg_type":"login","data":{"username":"ada","password":"x","takeover":true}}""",
            new LogIn("ada", new Secret("x"), Takeover: true)),
        ("logout", """{"msg_type":"logout","data":{}}""", new LogOut()),
        ("count_unread", """{"msg_type":"count_unread","data":{}}""", new CountUnread()),
        ("count_unread with the number 7 as id",
            """{"msg_type":"count_unread","data":{},"id":7}""",
            new CountUnread { Id = new RequestId("7") }),
        ("count_unread with an odd number as id",
            """{"msg_type":"count_unread","data":{},"id":-1.50E+3}""",
            new CountUnread { Id = new RequestId("-1.50E+3") }),
        ("send_message",
            """{"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi, Bob!"}}""",
            new SendMessage("ada", "bob", "Hi, Bob!")),
        ("send_message with a client_id",
            """
            {"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi, Bob!",
            "client_id":"m-1"}}
            """,
            new SendMessage("ada", "bob", "Hi, Bob!", "m-1")),
        ("send_message with an empty client_id",
            """
            {"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi!","client_id":""}}
            """,
            new SendMessage("ada", "bob", "Hi!", "")),
        ("send_message with an id",
            """{"msg_type":"send_message","data":{"sender":"ada","recipient":"bob","content":"Hi!"},"id":"a-1"}""",
            new SendMessage("ada", "bob", "Hi!") { Id = new RequestId("\"a-1\"") }),
        ("send_message with escapes in its id",
            """{"msg_type":"send_message","data":{},"id":"\u0041\/\ud83d\ude00"}""",
            new SendMessage(null, null, null) { Id = new RequestId("""
                "\u0041\/\ud83d\ude00"
                """) }),
        ("send_message in many scripts",
            """
            {"msg_type":"send_message","data":{"sender":"é","recipient":"日本",
            "content":"<&'+ ß 😀 \u0007\u001f\t\r\n\"\\/"}}
            """,
            new SendMessage("é", "日本", "<&'+ ß 😀 \u0007\u001f\t\r\n\"\\/")),
        ("send_messages_to_client", """{"msg_type":"send_messages_to_client","data":{}}""", new ListDelivered()),
        ("fetch_away_msgs", """{"msg_type":"fetch_away_msgs","data":{"limit":20}}""", new FetchAway(20)),
        ("fetch_away_msgs with a negative limit",
            """{"msg_type":"fetch_away_msgs","data":{"limit":-9223372036854775808}}""",
            new FetchAway(long.MinValue)),
        ("list_accounts",
            """{"msg_type":"list_accounts","data":{"pattern":"a*","start":0,"count":10}}""",
            new ListAccounts("a*", 0, 10)),
        ("list_accounts without a pattern",
            """{"msg_type":"list_accounts","data":{"start":-1,"count":9223372036854775807}}""",
            new ListAccounts(null, -1, long.MaxValue)),
        ("delete_messages",
            """{"msg_type":"delete_messages","data":{"message_ids_to_delete":[17,18]}}""",
            new DeleteMessages([17, 18])),
        ("delete_messages of none",
            """{"msg_type":"delete_messages","data":{"message_ids_to_delete":[]}}""",
            new DeleteMessages([])),
        ("delete_account", """{"msg_type":"delete_account","data":{}}""", new DeleteAccount()),
        ("reset_db", """{"msg_type":"reset_db","data":{}}""", new ResetDatabase()),
        ("hello",
            """{"msg_type":"hello","data":{"client":"jochat-cli/0.1.0","features":["push","ack"]}}""",
            new Hello("jochat-cli/0.1.0", Features.Push | Features.Ack)),
        ("hello with all features",
            """
            {"msg_type":"hello","data":{"features":["push","ack","receipts","typing","presence"]}}
            """,
            new Hello(null,
                Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence)),
        ("hello without features",
            """{"msg_type":"hello","data":{"features":[]}}""",
            new Hello(null, Features.None)),
        ("resume",
            """{"msg_type":"resume","data":{"token":"q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"}}""",
            new Resume(new Secret("q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng"))),
        ("resume without a token", """{"msg_type":"resume","data":{}}""", new Resume(null)),
        ("ack", """{"msg_type":"ack","data":{"ids":[20,21]}}""", new Acknowledge([20, 21])),
        ("ack of nothing", """{"msg_type":"ack","data":{"ids":[]}}""", new Acknowledge([])),
        ("ping", """{"msg_type":"ping","data":{}}""", new Ping()),
        ("change_password",
            """
            {"msg_type":"change_password","data":{"old_password":"8d969eef6ecad3c2",
            "new_password":"5e884898da280471"}}
            """,
            new ChangePassword(new Secret("8d969eef6ecad3c2"), new Secret("5e884898da280471"))),
        ("change_password without anything", """{"msg_type":"change_password","data":{}}""",
            new ChangePassword(null, null)),
        ("conversations",
            """{"msg_type":"conversations","data":{"count":20}}""",
            new ListConversations(null)),
        ("conversations before one",
            """{"msg_type":"conversations","data":{"before":18,"count":100}}""",
            new ListConversations(18, 100)),
        ("history", """{"msg_type":"history","data":{"with":"bob","count":50}}""", new ReadHistory("bob", null)),
        ("history before a message",
            """{"msg_type":"history","data":{"with":"bob","before":18,"count":2}}""",
            new ReadHistory("bob", 18, 2)),
        ("history of nobody",
            """{"msg_type":"history","data":{"before":-1,"count":-2147483648}}""",
            new ReadHistory(null, -1, int.MinValue)),
        ("mark_read",
            """{"msg_type":"mark_read","data":{"with":"bob","through":21}}""",
            new MarkRead("bob", 21)),
        ("mark_read without anything", """{"msg_type":"mark_read","data":{}}""", new MarkRead(null, null)),
        ("typing", """{"msg_type":"typing","data":{"recipient":"bob","typing":true}}""", new Typing("bob")),
        ("typing no more",
            """{"msg_type":"typing","data":{"recipient":"bob","typing":false}}""",
            new Typing("bob", false)),
        ("presence", """{"msg_type":"presence","data":{"of":["bob","cyd"]}}""", new AskPresence(["bob", "cyd"])),
        ("presence of nobody", """{"msg_type":"presence","data":{"of":[]}}""", new AskPresence([])),
    ];

    public static readonly Dictionary<string, (string Json, Request Message)> All =
        Table.ToDictionary(
            golden => golden.Name, golden => (golden.Json.ReplaceLineEndings(""), golden.Message));

    public static TheoryData<string> Names => [.. All.Keys];
}
