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
        await Expect(client, "count_unread", "{}", Error("You are not currently logged in.", "not_logged_in"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"username":"su2"}""")]
    [InlineData("""{"password":"x"}""")]
    [InlineData("""{"username":"","password":"x"}""")]
    [InlineData("""{"username":"su2","password":""}""")]
    [InlineData("""{"username":null,"password":"x"}""")]
    public async Task Signup_with_a_part_missing_is_refused(string data)
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, "signup", data, Error("Invalid data", "invalid_data"));
    }

    [Fact]
    public async Task Login_tells_how_many_messages_wait()
    {
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "li1");
        using var client = await gateway.ConnectAsync();
        await client.SignUpAsync("li2");
        await Expect(sender, "send_message", """{"sender":"li1","recipient":"li2","content":"hi"}""", Stored);

        await Expect(client, "login", """{"username":"li2","password":"pw-li2"}""",
            """{"status":"ok","msg":"Login successful.","unread_count":1}""");
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

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"username":"li4"}""")]
    [InlineData("""{"username":"li4","password":""}""")]
    public async Task Login_with_a_part_missing_is_refused(string data)
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, "login", data, Error("Invalid login data.", "invalid_data"));
    }

    [Fact]
    public async Task One_account_has_one_session_and_one_session_one_account()
    {
        using var first = await RawClient.EnterAsync(gateway.Process.Port, "li5");
        using var second = await RawClient.EnterAsync(gateway.Process.Port, "li6");
        using var third = await gateway.ConnectAsync();
        var already = Error("This user is already logged in.", "already_logged_in");

        await Expect(third, "login", """{"username":"li5","password":"pw-li5"}""", already);
        await Expect(first, "login", """{"username":"li5","password":"pw-li5"}""", already);
        await Expect(first, "login", """{"username":"li6","password":"pw-li6"}""",
            Error("Client is already logged in with another user.", "logged_in_as_another"));
    }

    [Fact]
    public async Task After_logout_the_connection_may_log_in_as_someone_else()
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "lo1");
        await client.SignUpAsync("lo2");

        await Expect(client, "logout", "{}", """{"status":"ok","msg":"You have been logged out."}""");
        await Expect(client, "logout", "{}", Error("You are not currently logged in.", "not_logged_in"));
        await Expect(client, "login", """{"username":"lo2","password":"pw-lo2"}""",
            """{"status":"ok","msg":"Login successful.","unread_count":0}""");
    }

    [Fact]
    public async Task Messages_sent_while_away_are_counted_until_fetched()
    {
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "aw1");
        using var client = await gateway.ConnectAsync();
        await client.SignUpAsync("aw2");
        foreach (var text in (string[])["one", "two", "three"])
        {
            var sent = await sender.AskAsync("send_message", new { sender = "aw1", recipient = "aw2", content = text });
            Assert.Equal("ok", (string?)sent["status"]);
        }
        Assert.Equal(3, await client.LogInAsync("aw2"));

        await Expect(client, "count_unread", "{}",
            """{"status":"ok","msg":"Count of away messages.","unread_count":3}""");
        var fetched = await client.AskAsync("fetch_away_msgs", new { num_messages = 2 });
        Assert.Equal(["one", "two"], fetched["msg"]!.AsArray().Select(message => (string)message!["content"]!));
        Assert.All(fetched["msg"]!.AsArray(), message => Assert.Equal(
            ["id", "sender", "content"], message!.AsObject().Select(member => member.Key)));
        await Expect(client, "count_unread", "{}",
            """{"status":"ok","msg":"Count of away messages.","unread_count":1}""");
    }

    [Fact]
    public async Task Ten_away_messages_are_fetched_where_no_limit_is_named_and_limit_outranks_its_alias()
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "aw3");
        await Expect(client, "logout", "{}", """{"status":"ok","msg":"You have been logged out."}""");
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "aw4");
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
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "odd1");
        var content = "tab\t nul\u0000 quote\" emoji\ud83d\ude00 rtl\u202e line\r\n back\\slash \u007f \u2028";

        await client.AskAsync("send_message", new { sender = "odd1", recipient = "odd1", content });

        var listed = await client.AskAsync("send_messages_to_client", null);
        Assert.Equal(content, (string?)listed["msg"]![0]!["content"]);
    }

    [Fact]
    public async Task A_live_message_is_not_unread_and_is_listed_as_delivered()
    {
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "lv1");
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "lv2");
        await Expect(sender, "send_message", """{"sender":"lv1","recipient":"LV2","content":"live"}""", Stored);

        await Expect(client, "count_unread", "{}",
            """{"status":"ok","msg":"Count of away messages.","unread_count":0}""");
        var listed = await client.AskAsync("send_messages_to_client", null);
        var message = Assert.Single(listed["msg"]!.AsArray())!;
        Assert.Equal("live", (string?)message["content"]);
        Assert.Equal("lv1", (string?)message["sender"]);
        Assert.Equal(1, (int)message["to_deliver"]!);
    }

    [Fact]
    public async Task A_live_message_that_was_never_received_is_away_again()
    {
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "lv3");
        var broken = await RawClient.EnterAsync(gateway.Process.Port, "lv4");
        await Expect(sender, "send_message", """{"sender":"lv3","recipient":"lv4","content":"lost?"}""", Stored);
        broken.EndInput();
        Assert.Null(await broken.ReceiveAsync());
        broken.Dispose();

        using var client = await gateway.ConnectAsync();
        Assert.Equal(1, await client.LogInAsync("lv4"));
    }

    [Fact]
    public async Task Send_refuses_what_is_incomplete_foreign_or_has_no_recipient()
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "se1");
        var incomplete = Error("Sender, recipient, and content required.", "invalid_data");

        await Expect(client, "send_message", "{}", incomplete);
        await Expect(client, "send_message", """{"sender":"se1","recipient":"se1","content":""}""", incomplete);
        await Expect(client, "send_message", """{"sender":"se1","recipient":null,"content":"x"}""", incomplete);
        await Expect(client, "send_message", """{"sender":"se2","recipient":"se1","content":"x"}""",
            Error("You are not logged in as this sender.", "wrong_sender"));
        await Expect(client, "send_message", """{"sender":"se1","recipient":"se9","content":"x"}""",
            Error("Recipient does not exist.", "no_such_recipient"));
    }

    [Fact]
    public async Task A_guest_cannot_send()
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, "send_message", """{"sender":"a","recipient":"b","content":"x"}""",
            Error("You are not logged in as this sender.", "wrong_sender"));
        await Expect(client, "send_message", """{"sender":"a"}""",
            Error("Sender, recipient, and content required.", "invalid_data"));
    }

    [Fact]
    public async Task Content_may_have_65535_bytes_and_not_one_more()
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "se3");
        var longest = new string('x', 65_535);

        await Expect(
            client, "send_message", $$"""{"sender":"se3","recipient":"se3","content":"{{longest}}"}""", Stored);
        await Expect(client, "send_message", $$"""{"sender":"se3","recipient":"se3","content":"{{longest[2..]}}é!"}""",
            Error("Message content must be at most 65,535 bytes of UTF-8.", "invalid_content"));
    }

    [Theory]
    [InlineData("count_unread")]
    [InlineData("logout")]
    [InlineData("send_messages_to_client")]
    [InlineData("fetch_away_msgs")]
    [InlineData("delete_account")]
    [InlineData("list_accounts")]
    public async Task A_guest_is_told_to_log_in(string type)
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, type, "{}", Error("You are not currently logged in.", "not_logged_in"));
    }

    [Fact]
    public async Task Accounts_are_listed_by_part_of_the_name_or_wildcard_in_order_and_pages()
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "pat-b");
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

    [Theory]
    [InlineData("{}", "No pattern provided.")]
    [InlineData("""{"pattern":null}""", "No pattern provided.")]
    [InlineData("""{"pattern":""}""", "No pattern provided.")]
    [InlineData("""{"pattern":"x","start":-1}""", "Invalid pagination parameters.")]
    [InlineData("""{"pattern":"x","count":-1}""", "Invalid pagination parameters.")]
    [InlineData("""{"pattern":"x","count":"ten"}""", "Invalid pagination parameters.")]
    public async Task Listing_refuses_a_missing_pattern_and_an_impossible_page(string data, string text)
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, Fresh("lst"));

        await Expect(client, "list_accounts", data, Error(text, "invalid_data"));
    }

    [Fact]
    public async Task Only_messages_that_I_received_are_deleted()
    {
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "de1");
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "de2");
        await Expect(sender, "send_message", """{"sender":"de1","recipient":"de2","content":"a"}""", Stored);
        await Expect(sender, "send_message", """{"sender":"de1","recipient":"de1","content":"b"}""", Stored);
        var mine = await Ids(client);
        var theirs = await Ids(sender);

        await Expect(client, "delete_messages", $$"""{"message_ids_to_delete":[{{mine[0]}},{{theirs[0]}},999999]}""",
            """{"status":"ok","msg":"Deleted 1 messages.","deleted_count":1}""");
        Assert.Empty(await Ids(client));
        Assert.Equal(theirs, await Ids(sender));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"message_ids_to_delete":[]}""")]
    [InlineData("""{"message_ids_to_delete":"all"}""")]
    [InlineData("""{"message_ids_to_delete":["1",null,{}]}""")]
    public async Task Deleting_refuses_a_list_without_ids(string data)
    {
        using var client = await RawClient.EnterAsync(gateway.Process.Port, Fresh("del"));

        await Expect(client, "delete_messages", data, Error("No valid message IDs provided.", "invalid_data"));
    }

    [Fact]
    public async Task A_guest_cannot_delete_messages()
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, "delete_messages", """{"message_ids_to_delete":[1]}""",
            Error("You are not logged in.", "not_logged_in"));
    }

    [Fact]
    public async Task Deleting_the_account_removes_its_messages_and_logs_out()
    {
        using var sender = await RawClient.EnterAsync(gateway.Process.Port, "da1");
        using var client = await RawClient.EnterAsync(gateway.Process.Port, "da2");
        await Expect(sender, "send_message", """{"sender":"da1","recipient":"da2","content":"gone soon"}""", Stored);

        await Expect(sender, "delete_account", "{}",
            """{"status":"ok","msg":"Account has been deleted. All associated messages are removed."}""");
        await Expect(sender, "count_unread", "{}", Error("You are not currently logged in.", "not_logged_in"));
        Assert.Empty(await Ids(client));
        await Expect(client, "send_message", """{"sender":"da2","recipient":"da1","content":"x"}""",
            Error("Recipient does not exist.", "no_such_recipient"));
        await sender.SignUpAsync("da1");
    }

    [Fact]
    public async Task Resetting_the_database_is_refused_by_default()
    {
        using var client = await gateway.ConnectAsync();

        await Expect(client, "reset_db", "{}", Error("Database reset is not allowed on this server.", "not_allowed"));
    }

    [Fact]
    public async Task An_id_is_echoed_as_it_was_written()
    {
        using var client = await gateway.ConnectAsync();

        var answer = await client.AskAsync("""{"id":1.50,"msg_type":"logout","data":{}}""");

        Assert.Contains("\"id\":1.50", answer, StringComparison.Ordinal);
    }

    private static int _freshNames;

    private static string Fresh(string prefix) => $"{prefix}-{Interlocked.Increment(ref _freshNames)}";

    private const string Stored = """{"status":"ok","msg":"Message stored."}""";

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
