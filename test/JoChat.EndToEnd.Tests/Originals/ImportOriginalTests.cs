using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JoChat.EndToEnd.Tests.Terminals;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat-gateway import-original</c>, of a database that the original server has written.</summary>
[Trait("Speed", "Slow")]
public sealed class ImportOriginalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Original => _folder.File("chat.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everybody_logs_in_with_the_old_password_and_finds_every_message_in_its_order()
    {
        OriginalChat.Unpack(Original);
        var before = Files();
        var renames = await ProposeAsync();
        Assert.Equal(before, Files());
        await File.WriteAllLinesAsync(_folder.File("renames"), renames);

        var (exitCode, output, errors) = await ImportAsync("--rename", "renames");

        Assert.Equal((0, ""), (exitCode, errors.Trim()));
        Assert.StartsWith(
            $"""
            Imported 233 accounts and 4717 messages from {Original} into {_folder.File("new.db")}
            Accounts: 226 kept their names, 7 have new ones; 0 cannot log in
            Messages: 53 delivered, 4664 sent while away; 0 were changed, 0 left out
            """, output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var names = OriginalChat.ReadAccounts(Original).Keys.ToDictionary(name => name, name => name);
        foreach (var rename in renames.Select(line => JsonNode.Parse(line)!))
        {
            names[(string)rename["name"]!] = (string)rename["new_name"]!;
        }
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", "new.db"))
        {
            await AssertSameAsync(gateway, names);
        }
        Assert.Equal(before, Files().Where(file => before.ContainsKey(file.Key)).ToDictionary());
    }

    [Fact]
    public async Task What_was_not_delivered_comes_as_sent_while_away_and_once()
    {
        OriginalChat.Unpack(Original);
        await ImportWithProposalsAsync();
        var waiting = OriginalChat.ReadMessages(Original).Where(
            message => message is { Recipient: "user037", IsDelivered: false }).Select(message => message.Id).ToList();
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", "new.db");
        using var client = await RawClient.ConnectAsync(gateway.Port);

        Assert.Equal(new LoggedIn(waiting.Count),
            await client.AskAsync(new LogIn("user037", OriginalChat.PasswordOf("user037"))));
        var fetched = Assert.IsType<AwayFetched>(await client.AskAsync(new FetchAway(1000)));

        Assert.NotEmpty(waiting);
        Assert.Equal(waiting, fetched.Messages.Select(message => message.Id));
        Assert.Equal(new UnreadCounted(0), await client.AskAsync(new CountUnread()));
        // The next id is above those of messages that were deleted before.
        await client.SendMessageAsync("user037", "user037", "new");
        var newest = Assert.IsType<History>(await client.AskAsync(new ReadHistory("user037", Before: null, 1)));
        Assert.Equal(4733, Assert.Single(newest.Messages).Id);
    }

    [Fact]
    public async Task A_gateway_says_what_imports_it_and_touches_nothing()
    {
        OriginalChat.Unpack(Original);
        var before = Files();

        foreach (var arguments in (string[][])[[], ["migrate", "--to", "postgres", OnPostgres]])
        {
            var (exitCode, output, errors) = await GatewayProcess.RunAsync(_folder.Path, arguments);

            Assert.Equal((1, ""), (exitCode, output));
            Assert.Equal($"jochat-gateway: {Original} is the database of the original JoChat; "
                + $"run jochat-gateway import-original {Original} --db NEW", errors.Trim());
        }
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData(100_000_000, ".importing-source")] // it would hash for ever
    [InlineData(1, ".importing-wal")]
    public async Task Killed_in_the_middle_it_leaves_nothing_half_and_is_run_again(int iterations, string until)
    {
        const int Messages = 300_000;
        OriginalFiles.Make(Original, $"""
            {OriginalFiles.Schema}
            INSERT INTO users (username, password_hash) VALUES ('ada', 'pw-ada');
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Messages})
            INSERT INTO messages (sender, recipient, content) SELECT 'ada', 'ada', 'message ' || n FROM number;
            """);
        await using (var killed = GatewayProcess.Launch(_folder.Path, Import(
            "--set", FormattableString.Invariant($"jochat.accounts.password-iterations={iterations}"))))
        {
            await AppearedAsync(killed, until);
            Assert.False(killed.HasExited, killed.Errors);
            await killed.KillAsync();
        }
        Assert.False(File.Exists(_folder.File("new.db")));
        Assert.NotEmpty(Directory.GetFiles(_folder.Path, "new.db.importing*"));

        var (exitCode, output, errors) = await ImportAsync();

        Assert.True(exitCode == 0, errors);
        Assert.StartsWith($"Imported 1 accounts and {Messages} messages ", output, StringComparison.Ordinal);
        Assert.Equal(
            ["chat.db", "new.db", "new.db.import-report.jsonl"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", "new.db");
        using var ada = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal(100_000, await ada.LogInAsync("ada")); // counted up to so many
    }

    [LinuxFact("setsid")]
    public async Task At_a_terminal_it_asks_for_each_name()
    {
        OriginalFiles.Make(Original, OriginalFiles.Schema
            + "INSERT INTO users (username, password_hash) VALUES ('Ada', 'pw-ada'), ('ada', 'pw-eve'), ('b c', 'pw-bc');");
        var program = Path.Combine(AppContext.BaseDirectory, "jochat-gateway.dll");
        await using var terminal = TerminalProcess.Start(
            $"cd '{_folder.Path}' && dotnet '{program}' import-original chat.db --db new.db "
            + "--set jochat.accounts.password-iterations=1000", columns: 200);

        await terminal.SeeAsync(screen => Shows(screen, "New name [ada2]:"), "the first question");
        await terminal.TypeAsync("ADA\r");
        await terminal.SeeAsync(screen => Shows(screen, "It is the name of \"Ada\", account 1."), "why not");
        await terminal.TypeAsync("eve\r");
        await terminal.SeeAsync(screen => Shows(screen, "New name [b_c]:"), "the second question");
        await terminal.TypeAsync("\r");
        await terminal.SeeAsync(screen => Shows(screen, "Imported 3 accounts and 0 messages"), "the end");

        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--db", "new.db");
        foreach (var (name, password) in ((string, string)[])[("ada", "pw-ada"), ("eve", "pw-eve"), ("b_c", "pw-bc")])
        {
            using var client = await RawClient.ConnectAsync(gateway.Port);
            Assert.Equal(new LoggedIn(0), await client.AskAsync(new LogIn(name, new Secret(password))));
        }

        static bool Shows(Testing.Terminals.FakeScreen screen, string text) =>
            screen.Rows.Any(line => line.Contains(text, StringComparison.Ordinal));
    }

    [LinuxFact("ln")]
    [UnsupportedOSPlatform("windows")]
    public async Task Database_and_report_are_their_owners_alone_and_replace_nothing_else()
    {
        OriginalChat.Unpack(Original);
        await ImportWithProposalsAsync();
        foreach (var file in (string[])["new.db", "new.db.import-report.jsonl"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File(file)));
        }
        await File.WriteAllTextAsync(_folder.File("mine.txt"), "mine");
        var before = Files();

        var taken = await ImportAsync("--rename", "renames");
        Assert.Equal((1, ""), (taken.ExitCode, taken.Output));
        Assert.Contains("new.db is there already", taken.Errors, StringComparison.Ordinal);
        var report = await ImportAsync("--rename", "renames", "--db", "other.db", "--report", "mine.txt");
        Assert.Equal((1, ""), (report.ExitCode, report.Output));
        Assert.Contains("mine.txt is there already and is no report", report.Errors, StringComparison.Ordinal);

        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task What_a_server_that_runs_writes_meanwhile_ends_it()
    {
        const int Messages = 100_000;
        OriginalFiles.Make(Original, $"""
            {OriginalFiles.Schema}
            INSERT INTO users (username, password_hash) VALUES ('ada', 'pw-ada');
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Messages})
            INSERT INTO messages (sender, recipient, content) SELECT 'ada', 'ada', 'message ' || n FROM number;
            """);
        await using var import = GatewayProcess.Launch(_folder.Path, Import());
        await AppearedAsync(import, ".importing-wal");
        OriginalFiles.Make(Original, "INSERT INTO messages (sender, recipient, content) VALUES ('ada', 'ada', 'late')");

        Assert.Equal(1, await import.EndAsync());

        Assert.Contains("chat.db was changed while it was imported", import.Errors, StringComparison.Ordinal);
        Assert.Equal([Original], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task The_report_takes_no_place_of_another_file()
    {
        OriginalChat.Unpack(Original);
        await File.WriteAllTextAsync(_folder.File("X.part"), "mine");
        await File.WriteAllTextAsync(_folder.File("Y.importing"), "mine");
        var before = Files();

        foreach (var report in (string[])["new.db", "new.db-wal", "new.db.importing", "chat.db-journal", "Y"])
        {
            var refused = await ImportAsync("--report", report);
            Assert.Equal((1, ""), (refused.ExitCode, refused.Output)); // before a name is proposed
            Assert.Contains("name another file for", refused.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(1, (await ImportAsync("--report", "X")).ExitCode);

        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Where_PostgreSQL_is_configured_the_way_goes_through_a_file()
    {
        OriginalFiles.Make(Original, OriginalFiles.Schema);

        var (exitCode, output, errors) = await ImportAsync("--set", "jochat.storage.engine=postgres", OnPostgres);

        Assert.True(exitCode == 0, errors);
        Assert.EndsWith(
            "Next: jochat-gateway migrate --to postgres, with the same settings", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_status()
    {
        OriginalChat.Unpack(Original);
        await File.WriteAllTextAsync(_folder.File("renames"), """
            {"id":122,"name":"ada","new_name":"Ada"}
            {"id":1000,"name":"ada","new_name":"eve"}
            """);
        var before = Files();

        var renames = await ImportAsync("--rename", "renames");
        Assert.Equal((1, ""), (renames.ExitCode, renames.Output));
        Assert.Equal(
            """
            jochat-gateway: renames(2): the original has no account 1000
            jochat-gateway: renames(1): "Ada" cannot be used. It is the name of "Ada", account 121.
            jochat-gateway: nothing was imported
            """, renames.Errors.Trim().ReplaceLineEndings("\n"));
        await FailAsync(1, "cannot read missing: ", "chat.db", "--rename", "missing");
        await FailAsync(1, "there is no database ", "missing.db");
        await FailAsync(1, "there is no folder ", "chat.db", "--db", "missing/new.db");
        await FailAsync(1, "chat.db is there already", "chat.db", "--db", "chat.db");
        await FailAsync(2, "Required argument missing");
        await FailAsync(2, "FILE takes the path of a file", "");
        await FailAsync(2, "there is no such setting", "chat.db", "--set", "jochat.storage.no=1");

        Assert.Equal(before, Files());
    }

    private const string OnPostgres = "JOCHAT__STORAGE__POSTGRES__CONNECTIONSTRING=Host=127.0.0.1;Port=1";

    // Each logs in with the old password, and what all of them find together is all that there was.
    private async Task AssertSameAsync(GatewayProcess gateway, Dictionary<string, string> names)
    {
        var messages = OriginalChat.ReadMessages(Original);
        using var client = await RawClient.ConnectAsync(gateway.Port);
        var found = new Dictionary<long, HistoryMessage>();
        foreach (var (old, name) in names)
        {
            var unread = messages.Count(message => message.Recipient == old && !message.IsDelivered);
            Assert.Equal(new LoggedIn(unread), await client.AskAsync(new LogIn(name, OriginalChat.PasswordOf(old))));
            foreach (var other in await ConversationsAsync(client))
            {
                var history = await HistoryAsync(client, other);
                Assert.Equal(
                    messages.Where(message => (names[message.Sender], names[message.Recipient]) is var pair
                        && (pair == (name, other) || pair == (other, name))).Select(message => message.Id),
                    history.Select(message => message.Id));
                foreach (var message in history) { found[message.Id] = message; }
            }
            Assert.Equal(new LoggedOut(), await client.AskAsync(new LogOut()));
        }
        Assert.Equal(messages.Count, found.Count);
        Assert.All(messages, message => Assert.Equal(
            (names[message.Sender], names[message.Recipient], message.Content, message.IsDelivered),
            found[message.Id] is var read ? (read.Sender, read.Recipient, read.Content, read.State is not MessageState.Stored)
                : default));
    }

    private static async Task<List<string>> ConversationsAsync(RawClient client)
    {
        var others = new List<string>();
        for (long? before = null; ;)
        {
            var page = Assert.IsType<ConversationList>(await client.AskAsync(new ListConversations(before, 100)));
            if (page.Conversations.IsEmpty) { return others; }
            others.AddRange(page.Conversations.Select(conversation => conversation.With));
            before = page.Conversations[^1].LastMessage!.Value.Id;
        }
    }

    private static async Task<List<HistoryMessage>> HistoryAsync(RawClient client, string other)
    {
        var messages = new List<HistoryMessage>();
        for (long? before = null; ;)
        {
            var page = Assert.IsType<History>(await client.AskAsync(new ReadHistory(other, before, 500)));
            if (page.Messages.IsEmpty) { return messages; }
            messages.InsertRange(0, page.Messages);
            before = page.Messages[0].Id;
        }
    }

    private async Task AppearedAsync(GatewayProcess importing, string end)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Directory.GetFiles(_folder.Path).Any(file => file.EndsWith(end, StringComparison.Ordinal)
            && new FileInfo(file) is { Exists: true, Length: > 1_000_000 }))
        {
            Assert.False(importing.HasExited, importing.Errors);
            await look.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<string[]> ProposeAsync()
    {
        var (exitCode, output, errors) = await ImportAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "jochat-gateway: 7 accounts cannot keep their names, and nothing was imported. ", errors, StringComparison.Ordinal);
        return output.Trim().Split('\n');
    }

    private async Task ImportWithProposalsAsync()
    {
        await File.WriteAllLinesAsync(_folder.File("renames"), await ProposeAsync());
        Assert.Equal(0, (await ImportAsync("--rename", "renames")).ExitCode);
    }

    private async Task FailAsync(int status, string fault, params string[] arguments)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(
            _folder.Path, ["import-original", .. arguments.Contains("--db") ? [] : (string[])["--db", "new.db"], .. arguments]);
        Assert.Equal((status, ""), (exitCode, output));
        Assert.Contains(fault, errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> ImportAsync(params string[] others) =>
        GatewayProcess.RunAsync(_folder.Path, Import(others));

    private static string[] Import(params string[] others) =>
        [
            "import-original", "chat.db", "--set", "jochat.accounts.password-iterations=1000",
            .. others.Contains("--db") ? [] : (string[])["--db", "new.db"], .. others,
        ];

    // A gateway that was killed has left its socket, which cannot be read.
    private Dictionary<string, string> Files() => Directory.GetFiles(_folder.Path).Except([_folder.File("new.db-admin")]).ToDictionary(
        file => file,
        file => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))} {File.GetLastWriteTimeUtc(file):O}");
}
