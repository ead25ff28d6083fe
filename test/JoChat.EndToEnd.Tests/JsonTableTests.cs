namespace JoChat.EndToEnd.Tests;

/// <summary>Every row of the table of operations in docs/protocol.md, at the socket, to the letter.</summary>
public sealed class JsonTableTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Signup_makes_an_account_once_and_does_not_log_in()
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, "signup", """{"username":"su1","password":"x"}""",
            """{"status":"ok","msg":"Signup successful"}""");
        await Expect(client, "signup", """{"username":"SU1","password":"y"}""",
            Error("Username taken", "username_taken"));
        await Expect(client, "signup", $$"""{"username":"su2","password":"{{new string('p', 1025)}}"}""",
            Error("Password must be at most 1,024 bytes of UTF-8.", "invalid_password"));
        await Expect(client, "count_unread", "{}", NotLoggedIn);
    }

    [Theory]
    [InlineData("signup", "{}", "Invalid data", "invalid_data")]
    [InlineData("signup", """{"username":"su2"}""", "Invalid data", "invalid_data")]
    [InlineData("signup", """{"password":"x"}""", "Invalid data", "invalid_data")]
    [InlineData("signup", """{"username":"","password":"x"}""", "Invalid data", "invalid_data")]
    [InlineData("signup", """{"username":"su2","password":""}""", "Invalid data", "invalid_data")]
    [InlineData("signup", """{"username":null,"password":"x"}""", "Invalid data", "invalid_data")]
    [InlineData("signup", """{"username":"a\u202Eb","password":"x"}""",
        "Username must not contain the character U+202E.", "invalid_username")]
    [InlineData("login", "{}", "Invalid login data.", "invalid_data")]
    [InlineData("login", """{"username":"li4"}""", "Invalid login data.", "invalid_data")]
    [InlineData("login", """{"username":"li4","password":""}""", "Invalid login data.", "invalid_data")]
    [InlineData("count_unread", "{}", "You are not currently logged in.", "not_logged_in")]
    [InlineData("logout", "{}", "You are not currently logged in.", "not_logged_in")]
    [InlineData("send_messages_to_client", "{}", "You are not currently logged in.", "not_logged_in")]
    [InlineData("fetch_away_msgs", "{}", "You are not currently logged in.", "not_logged_in")]
    [InlineData("delete_account", "{}", "You are not currently logged in.", "not_logged_in")]
    [InlineData("list_accounts", "{}", "You are not currently logged in.", "not_logged_in")]
    [InlineData("delete_messages", """{"message_ids_to_delete":[1]}""", "You are not logged in.", "not_logged_in")]
    [InlineData("send_message", """{"sender":"a","recipient":"b","content":"x"}""",
        "You are not logged in as this sender.", "wrong_sender")]
    [InlineData("send_message", """{"sender":"a"}""", "Sender, recipient, and content required.", "invalid_data")]
    [InlineData("reset_db", "{}", "Database reset is not allowed on this server.", "not_allowed")]
    public async Task A_guest_is_refused(string type, string data, string text, string code)
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, type, data, Error(text, code));
    }

    [Theory]
    [InlineData("send_message", "{}", "Sender, recipient, and content required.", "invalid_data")]
    [InlineData("send_message", """{"sender":"ME","recipient":"ME","content":""}""",
        "Sender, recipient, and content required.", "invalid_data")]
    [InlineData("send_message", """{"sender":"ME","recipient":null,"content":"x"}""",
        "Sender, recipient, and content required.", "invalid_data")]
    [InlineData("send_message", """{"sender":"se2","recipient":"ME","content":"x"}""",
        "You are not logged in as this sender.", "wrong_sender")]
    [InlineData("send_message", """{"sender":"ME","recipient":"se9","content":"x"}""",
        "Recipient does not exist.", "no_such_recipient")]
    [InlineData("list_accounts", "{}", "No pattern provided.", "invalid_data")]
    [InlineData("list_accounts", """{"pattern":null}""", "No pattern provided.", "invalid_data")]
    [InlineData("list_accounts", """{"pattern":""}""", "No pattern provided.", "invalid_data")]
    [InlineData("list_accounts", """{"pattern":"x","start":-1}""", "Invalid pagination parameters.", "invalid_data")]
    [InlineData("list_accounts", """{"pattern":"x","count":-1}""", "Invalid pagination parameters.", "invalid_data")]
    [InlineData("list_accounts", """{"pattern":"x","count":"ten"}""",
        "Invalid pagination parameters.", "invalid_data")]
    [InlineData("delete_messages", "{}", "No valid message IDs provided.", "invalid_data")]
    [InlineData("delete_messages", """{"message_ids_to_delete":[]}""",
        "No valid message IDs provided.", "invalid_data")]
    [InlineData("delete_messages", """{"message_ids_to_delete":"all"}""",
        "No valid message IDs provided.", "invalid_data")]
    [InlineData("delete_messages", """{"message_ids_to_delete":["1",null,{}]}""",
        "No valid message IDs provided.", "invalid_data")]
    public async Task Who_is_logged_in_is_refused(string type, string data, string text, string code)
    {
        var me = $"me-{Interlocked.Increment(ref _freshNames)}";
        using var client = await gateway.EnterAsync(me);

        await Expect(client, type, data.Replace("ME", me, StringComparison.Ordinal), Error(text, code));
    }

    [Fact]
    public async Task Login_of_an_unknown_user_and_with_a_wrong_password_look_the_same()
    {
        using var client = await gateway.ConnectAsync();
        await client.SignUpAsync("li3");
        var refusal = Error("Username not found or wrong password.", "bad_credentials");

        await Expect(client, "login", """{"username":"li3","password":"wrong"}""", refusal);
        await Expect(client, "login", """{"username":"nobody","password":"wrong"}""", refusal);
        await Expect(client, "login", """{"username":"no body\u0007","password":"wrong"}""", refusal);
    }

    [Fact]
    public async Task One_account_has_one_session_and_one_session_one_account()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using var first = await gateway.EnterAsync("li5");
        using var second = await gateway.EnterAsync("li6");
        using var third = await gateway.ConnectAsync();
        var already = Error("This user is already logged in.", "already_logged_in");

        var refusal = (await third.AskAsync("login", new { username = "li5", password = "pw-li5" })).AsObject();
        Assert.True(refusal.Remove("since", out var since));
        Assert.InRange((long)since!, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Equal(already, refusal.ToJsonString());
        await Expect(first, "login", """{"username":"li5","password":"pw-li5"}""", already);
        await Expect(first, "login", """{"username":"li6","password":"pw-li6"}""",
            Error("Client is already logged in with another user.", "logged_in_as_another"));
    }

    [Fact]
    public async Task After_logout_the_connection_may_log_in_as_someone_else()
    {
        using var client = await gateway.EnterAsync("lo1");
        await client.SignUpAsync("lo2");

        await Expect(client, "logout", "{}", """{"status":"ok","msg":"You have been logged out."}""");
        await Expect(client, "logout", "{}", NotLoggedIn);
        await Expect(client, "login", """{"username":"lo2","password":"pw-lo2"}""",
            """{"status":"ok","msg":"Login successful.","unread_count":0}""");
    }

    [Fact]
    public async Task Messages_sent_while_away_are_counted_until_fetched()
    {
        using var sender = await gateway.EnterAsync("aw1");
        using var client = await gateway.ConnectAsync();
        await client.SignUpAsync("aw2");
        foreach (var text in (string[])["one", "two", "three"])
        {
            await Expect(
                sender, "send_message", $$"""{"sender":"aw1","recipient":"aw2","content":"{{text}}"}""", Stored);
        }

        await Expect(client, "login", """{"username":"aw2","password":"pw-aw2"}""",
            """{"status":"ok","msg":"Login successful.","unread_count":3}""");
        await Expect(client, "count_unread", "{}", Unread(3));
        var fetched = await client.AskAsync("fetch_away_msgs", new { num_messages = 2 });
        Assert.Equal(["one", "two"], fetched["msg"]!.AsArray().Select(message => (string)message!["content"]!));
        Assert.All(fetched["msg"]!.AsArray(), message => Assert.Equal(
            ["id", "sender", "content"], message!.AsObject().Select(member => member.Key)));
        await Expect(client, "count_unread", "{}", Unread(1));
    }

    [Fact]
    public async Task Ten_away_messages_are_fetched_where_no_limit_is_named_and_limit_outranks_its_alias()
    {
        using var client = await gateway.EnterAsync("aw3");
        await Expect(client, "logout", "{}", """{"status":"ok","msg":"You have been logged out."}""");
        using var sender = await gateway.EnterAsync("aw4");
        for (var i = 0; i < 14; i++)
        {
            await Expect(sender, "send_message", """{"sender":"aw4","recipient":"aw3","content":"x"}""", Stored);
        }
        await client.LogInAsync("aw3");

        Assert.Equal(10, (await client.AskAsync("fetch_away_msgs", null))["msg"]!.AsArray().Count);
        var one = await client.AskAsync("fetch_away_msgs", new { limit = 1, num_messages = 2 });
        Assert.Single(one["msg"]!.AsArray());
        Assert.Empty((await client.AskAsync("fetch_away_msgs", new { limit = 0 }))["msg"]!.AsArray());
        await Expect(client, "fetch_away_msgs", """{"limit":-1}""", Error("Invalid limit.", "invalid_data"));
        Assert.Equal(3, (await client.AskAsync("fetch_away_msgs", new { num_messages = 100 }))["msg"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_content_comes_back_as_it_was_sent()
    {
        using var client = await gateway.EnterAsync("odd1");
        var content = "tab\t nul\u0000 quote\" emoji\ud83d\ude00 rtl\u202e line\r\n back\\slash \u007f \u2028";

        await client.AskAsync("send_message", new { sender = "odd1", recipient = "odd1", content });

        var listed = await client.AskAsync("send_messages_to_client", null);
        Assert.Equal(content, (string?)listed["msg"]![0]!["content"]);
    }

    [Fact]
    public async Task A_live_message_is_not_unread_and_is_listed_as_delivered()
    {
        using var sender = await gateway.EnterAsync("lv1");
        using var client = await gateway.EnterAsync("lv2");
        await Expect(sender, "send_message", """{"sender":"lv1","recipient":"LV2","content":"live"}""", Stored);

        await Expect(client, "count_unread", "{}", Unread(0));
        var listed = await client.AskAsync("send_messages_to_client", null);
        var message = Assert.Single(listed["msg"]!.AsArray())!;
        Assert.Equal("live", (string?)message["content"]);
        Assert.Equal("lv1", (string?)message["sender"]);
        Assert.Equal(1, (int)message["to_deliver"]!);
    }

    [Fact]
    public async Task Content_may_have_65535_bytes_and_not_one_more()
    {
        using var client = await gateway.EnterAsync("se3");
        var longest = new string('x', 65_535);

        await Expect(
            client, "send_message", $$"""{"sender":"se3","recipient":"se3","content":"{{longest}}"}""", Stored);
        await Expect(client, "send_message", $$"""{"sender":"se3","recipient":"se3","content":"{{longest[2..]}}é!"}""",
            Error("Message content must be at most 65,535 bytes of UTF-8.", "invalid_content"));
    }

    [Fact]
    public async Task Accounts_are_listed_by_part_of_the_name_or_wildcard_in_order_and_pages()
    {
        using var client = await gateway.EnterAsync("pat-b");
        foreach (var name in (string[])["pat-c", "Pat-A", "other-pat-z"]) { await client.SignUpAsync(name); }

        await ExpectList(client, new { pattern = "PAT-" }, ["other-pat-z", "Pat-A", "pat-b", "pat-c"]);
        await ExpectList(client, new { pattern = "pat-?" }, ["Pat-A", "pat-b", "pat-c"]);
        await ExpectList(client, new { pattern = "pat-_" }, ["Pat-A", "pat-b", "pat-c"]);
        await ExpectList(client, new { pattern = "*PAT-Z" }, ["other-pat-z"]);
        await ExpectList(client, new { pattern = "%-pat-%" }, ["other-pat-z"]);
        await ExpectList(client, new { pattern = "pat-", start = 1, count = 2 }, ["Pat-A", "pat-b"]);
        await ExpectList(client, new { pattern = "pat-", count = 0 }, []);
        await ExpectList(client, new { pattern = "\uFFFE" }, []);
        await ExpectList(client, new { pattern = "pat-\0" }, []);
    }

    [Fact]
    public async Task Only_messages_that_I_received_are_deleted()
    {
        using var sender = await gateway.EnterAsync("de1");
        using var client = await gateway.EnterAsync("de2");
        await Expect(sender, "send_message", """{"sender":"de1","recipient":"de2","content":"a"}""", Stored);
        await Expect(sender, "send_message", """{"sender":"de1","recipient":"de1","content":"b"}""", Stored);
        var mine = await Ids(client);
        var theirs = await Ids(sender);

        await Expect(client, "delete_messages", $$"""{"message_ids_to_delete":[{{mine[0]}},{{theirs[0]}},999999]}""",
            """{"status":"ok","msg":"Deleted 1 messages.","deleted_count":1}""");
        Assert.Empty(await Ids(client));
        Assert.Equal(theirs, await Ids(sender));
    }

    [Fact]
    public async Task Deleting_the_account_removes_its_messages_and_logs_out()
    {
        using var sender = await gateway.EnterAsync("da1");
        using var client = await gateway.EnterAsync("da2");
        await Expect(sender, "send_message", """{"sender":"da1","recipient":"da2","content":"gone soon"}""", Stored);

        await Expect(sender, "delete_account", "{}",
            """{"status":"ok","msg":"Account has been deleted. All associated messages are removed."}""");
        await Expect(sender, "count_unread", "{}", NotLoggedIn);
        Assert.Empty(await Ids(client));
        await Expect(client, "send_message", """{"sender":"da2","recipient":"da1","content":"x"}""",
            Error("Recipient does not exist.", "no_such_recipient"));
        await Expect(sender, "signup", """{"username":"da1","password":"another"}""",
            Error("Username taken", "username_taken")); // nobody is taken for who had it
    }

    [Fact]
    public async Task An_id_is_echoed_as_it_was_written()
    {
        using var client = await gateway.ConnectAsync();

        var answer = await client.AskAsync("""{"id":1.50,"msg_type":"logout","data":{}}""");

        Assert.Contains("\"id\":1.50", answer, StringComparison.Ordinal);
    }

    private static int _freshNames;

    private const string Stored = """{"status":"ok","msg":"Message stored."}""";

    private static string NotLoggedIn => Error("You are not currently logged in.", "not_logged_in");

    private static string Unread(int count) =>
        $$"""{"status":"ok","msg":"Count of away messages.","unread_count":{{count}}}""";

    private static string Error(string text, string code) =>
        $$"""{"status":"error","msg":"{{text}}","code":"{{code}}"}""";

    private static async Task Expect(RawClient client, string type, string data, string answer) => Assert.Equal(
        $$"""{"msg_type":"{{type}}","data":{{answer}}}""",
        await client.AskAsync($$"""{"msg_type":"{{type}}","data":{{data}}}"""));

    private static async Task ExpectList(RawClient client, object data, string[] names)
    {
        var answer = await client.AskAsync("list_accounts", data);
        Assert.Equal(["status", "users"], answer.AsObject().Select(member => member.Key));
        Assert.Equal(names, answer["users"]!.AsArray().Select(user => (string)user![1]!));
    }

    private static async Task<long[]> Ids(RawClient client)
    {
        var answer = await client.AskAsync("send_messages_to_client", null);
        return [.. answer["msg"]!.AsArray().Select(message => (long)message!["id"]!)];
    }
}
