using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JoChat.EndToEnd.Tests;

/// <summary>What a script reads: JSON lines, errors with codes, and how to get the rest of a list.</summary>
[Trait("Speed", "Slow")]
public sealed partial class ScriptOutputTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IAsyncLifetime, IDisposable
{
    private readonly CliHome _home = new();
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    private string Bob => "bob" + _ada;

    public async Task InitializeAsync()
    {
        _home["JOCHAT_HOST"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gateway.Process.Port}");
        foreach (var user in (string[])[Bob, _ada])
        {
            await _home.RunWithAsync("pw\n", "signup", "--user", user, "--password-file", "-");
            await _home.RunWithAsync("pw\n", "login", "--user", user, "--password-file", "-");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Send_tells_the_id_and_the_time_and_every_list_the_whole_message()
    {
        const string Text = "Grüße, 日本 😀, \"quoted\"";
        var sent = JsonNode.Parse(await ReadAsync("send", Bob, Text, "--json"))!;
        var id = (long)sent["id"]!;
        Assert.InRange(
            DateTimeOffset.Parse((string)sent["sent_at"]!, CultureInfo.InvariantCulture),
            DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(10));

        var away = await ReadAsync("away", "--user", Bob, "--json");
        var inbox = await ReadAsync("inbox", "--user", Bob, "--json");
        var history = await ReadAsync("history", _ada, "--user", Bob, "--json");
        var conversation = await ReadAsync("conversations", "--user", Bob, "--json");

        Assert.All((string[])[away, inbox, history, conversation], line => Assert.Contains(
            "Grüße, 日本 😀, ", line, StringComparison.Ordinal));
        var last = JsonNode.Parse(conversation)!["last_message"]!;
        foreach (var message in (JsonNode[])[JsonNode.Parse(away)!, JsonNode.Parse(inbox)!, JsonNode.Parse(history)!, last])
        {
            Assert.Equal(
                ["id", "sender", "recipient", "content", "sent_at", "away"],
                message.AsObject().Select(member => member.Key));
            Assert.Equal((id, _ada, Bob), ((long)message["id"]!, (string)message["sender"]!, (string)message["recipient"]!));
            Assert.Equal((Text, (string)sent["sent_at"]!), ((string)message["content"]!, (string)message["sent_at"]!));
        }
        Assert.True((bool)JsonNode.Parse(away)!["away"]!);
        Assert.False((bool)JsonNode.Parse(inbox)!["away"]!);
    }

    [Theory]
    [InlineData(6, "no_such_recipient", "send", "nobody-of-that-name", "hi")]
    [InlineData(2, "usage", "send", "bob", "hi", "--nonsense")]
    [InlineData(3, "unreachable", "inbox", "--host", "127.0.0.1:1", "--password-file", "pw", "--user", "ada")]
    [InlineData(4, "bad_credentials", "inbox", "--password-file", "pw", "--user", "nobody-of-that-name")]
    [InlineData(4, "not_logged_in", "logout", "--user", "nobody-of-that-name")]
    public async Task An_error_is_one_JSON_line_on_standard_error_with_its_code(
        int expected, string code, params string[] arguments)
    {
        await File.WriteAllTextAsync(_home.File("pw"), "pw\n");
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(_home.File("pw"), UnixFileMode.UserRead); }

        var (exitCode, output, errors) = await _home.RunAsync([.. arguments, "--json"]);

        Assert.Equal((expected, ""), (exitCode, output));
        var error = JsonNode.Parse(Assert.Single(errors.TrimEnd('\n').Split('\n')))!["error"]!;
        Assert.Equal(code, (string?)error["code"]);
        Assert.NotEmpty((string)error["message"]!);
    }

    [Theory]
    [InlineData("history")]
    [InlineData("inbox")]
    [InlineData("inbox --with")]
    [InlineData("conversations")]
    [InlineData("accounts")]
    [InlineData("away")]
    public async Task A_list_that_is_cut_says_how_to_get_the_rest(string list)
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var senders = Enumerable.Range(0, 5).Select(i => $"{mark}-{i}").ToArray();
        foreach (var sender in senders)
        {
            await _home.RunWithAsync("pw\n", "signup", "--user", sender, "--password-file", "-");
            var from = list is "conversations" or "away" or "inbox" ? sender : Bob;
            var (code, _, errors) = await _home.RunWithAsync(
                "pw\n", "send", _ada, sender, "--user", from, "--password-file", "-");
            Assert.True(code == 0, errors);
        }
        if (list.StartsWith("inbox", StringComparison.Ordinal)) { await ReadAsync("away", "--limit", "100"); }
        string[] arguments = list switch
        {
            "history" => ["history", Bob],
            "inbox --with" => ["inbox", "--with", Bob],
            "accounts" => ["accounts", mark],
            _ => [list],
        };

        var found = new List<string>();
        for (string[] next = []; ;)
        {
            var (exitCode, output, errors) = await _home.RunAsync([.. arguments, "--limit", "2", "--json", .. next]);
            Assert.True(exitCode == 0, errors);
            var page = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Name(JsonNode.Parse(line)!));
            found.AddRange(page);
            if (errors.Length == 0) { break; }
            var note = JsonNode.Parse(errors)!["note"]!;
            Assert.Equal("more", (string?)note["code"]);
            next = Option().Match((string)note["message"]!) is { Success: true } option ? option.Value.Split(' ') : [];
            Assert.InRange(found.Count, 1, senders.Length);
        }

        Assert.Equal(senders, found.Order());

        static string Name(JsonNode line) =>
            (string?)line["content"] ?? (string?)line["username"] ?? (string)line["with"]!;
    }

    [Fact]
    public async Task Every_verb_has_an_example_and_the_exit_codes_that_it_can_end_with()
    {
        var overview = await ReadAsync("--help");
        var verbs = VerbLines().Matches(overview).SelectMany(line => line.Groups[1].Value.Split(
            ' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.Equal(23, verbs.Length);

        foreach (var verb in verbs)
        {
            var help = await ReadAsync(verb, "--help");
            Assert.Contains($"jochat {verb}", help.Split("Examples:\n")[1], StringComparison.Ordinal);
            var codes = ExitCodes().Matches(help.Split("Exit codes:\n")[1]).Select(code => code.Groups[1].Value);
            Assert.Equal(Expected(verb), codes);
        }

        static string[] Expected(string verb) => verb switch
        {
            "completion" or "help" => ["0", "1", "2", "130"],
            "signup" => ["0", "1", "2", "3", "130"],
            "listen" => ["1", "2", "3", "4", "130"], // it ends when it cannot go on
            "send" or "history" or "read" or "whois" or "block" or "delete" or "revoke" =>
                ["0", "1", "2", "3", "4", "6", "130"],
            _ => ["0", "1", "2", "3", "4", "130"],
        };
    }

    [Theory]
    [InlineData("sned bob hi", "send")]
    [InlineData("send bob hi --jsno", "--json")]
    [InlineData("inbox --profile hme", "home")]
    public async Task What_is_mistyped_is_guessed(string typed, string meant)
    {
        Directory.CreateDirectory(_home.File(".config/jochat"));
        await File.WriteAllTextAsync(_home.File(".config/jochat/config.conf"), "profiles { home { user = ada } }");

        var (exitCode, output, errors) = await _home.RunAsync(typed.Split(' '));

        Assert.Equal((2, ""), (exitCode, output));
        Assert.EndsWith($" Did you mean {meant}?", errors.Split('\n')[0].Split(" Text that")[0], StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await _home.RunAsync(arguments);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    [GeneratedRegex(@"--(before|start) \d+")]
    private static partial Regex Option();

    [GeneratedRegex("^  (?:messages|people|account|shell) +(.*)$", RegexOptions.Multiline)]
    private static partial Regex VerbLines();

    [GeneratedRegex(@"^  (\d+) ", RegexOptions.Multiline)]
    private static partial Regex ExitCodes();
}
