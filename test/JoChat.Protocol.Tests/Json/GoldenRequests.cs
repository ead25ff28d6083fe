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
            """{"msg_type":"hello","data":{"client":"jochat-cli/0.1.0","features":["push"]}}""",
            new Hello("jochat-cli/0.1.0", Features.Push)),
        ("hello without features",
            """{"msg_type":"hello","data":{"features":[]}}""",
            new Hello(null, Features.None)),
    ];

    public static readonly Dictionary<string, (string Json, Request Message)> All =
        Table.ToDictionary(
            golden => golden.Name, golden => (golden.Json.ReplaceLineEndings(""), golden.Message));

    public static TheoryData<string> Names => [.. All.Keys];
}
