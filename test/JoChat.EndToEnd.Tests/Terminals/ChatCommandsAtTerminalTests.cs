using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>What the server can do, reached from the real chat.</summary>
[Trait("Speed", "Slow")]
public sealed partial class ChatCommandsAtTerminalTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const string Enter = "\r";

    private readonly string _mark = Guid.NewGuid().ToString("N")[..6];

    [LinuxFact("setsid")]
    public async Task Conversations_history_and_who_is_there_are_shown()
    {
        var (ada, bob) = ($"ada-{_mark}", $"bob-{_mark}");
        await SignUpAsync(ada);
        await SignUpAsync(bob);
        await SendAsync(bob, ada, "Tea?");
        await using var chat = await LogInAsync(ada);
        await chat.SeeAsync($"{bob} (sent while away): Tea?");

        await chat.TypeAsync("/conversations" + Enter);
        await chat.SeeAsync(screen => screen.Rows.Any(
            row => row.StartsWith($"* {bob}", StringComparison.Ordinal) && row.EndsWith("] Tea?", StringComparison.Ordinal)), "it");
        await chat.TypeAsync($"/msg {bob} With milk." + Enter);
        await chat.SeeAsync("With milk. ✓");
        await chat.TypeAsync($"/history {bob}" + Enter);
        await chat.SeeAsync(screen => Count(screen.Rows, $"{bob}: Tea?") == 1 && Count(screen.Rows, "With milk.") == 2, "both");
        await chat.TypeAsync($"/whois {bob}" + Enter);
        await chat.SeeAsync($"* {bob} is not here.");
        await using var other = await LogInAsync(bob);
        await chat.TypeAsync($"/whois {bob}" + Enter);
        await chat.SeeAsync($"* {bob} is here.");
        await chat.TypeAsync("/clear-nothing" + Enter);
        await chat.SeeAsync("There is no /clear-nothing.");
        await other.TypeAsync("/quit" + Enter);
        Assert.Equal(0, await other.EndAsync());
        await chat.TypeAsync($"/who {_mark}" + Enter);
        await chat.SeeAsync(screen => screen.Rows.Contains($"* {ada} (here)") && screen.Rows.Contains($"* {bob}"), "who is there");
    }

    [LinuxFact("setsid")]
    public async Task The_password_is_changed_from_within()
    {
        var ada = $"ada-{_mark}";
        await SignUpAsync(ada);
        await using var chat = await LogInAsync(ada);

        await chat.TypeAsync("/password" + Enter);
        await AnswerAsync("Old password:", "pw");
        await AnswerAsync("New password:", "other");
        await AnswerAsync("Repeat the new password:", "other");
        await chat.SeeAsync("The password is changed.");

        Assert.Equal(4, (await RunAsync("pw", "login-check", "--user", ada)).ExitCode);
        Assert.Equal(0, (await RunAsync("other", "login-check", "--user", ada)).ExitCode);

        async Task AnswerAsync(string question, string answer)
        {
            await chat.SeeLineAsync(question);
            await chat.TypeAsync(answer + Enter);
        }
    }

    [LinuxFact("setsid")]
    public async Task A_take_over_that_is_asked_for_in_the_command_line_asks_no_more()
    {
        var ada = $"ada-{_mark}";
        await SignUpAsync(ada);
        await using var first = await LogInAsync(ada);

        await using var second = await LogInAsync(ada, option: "--takeover");

        await first.SeeAsync("The account has logged in elsewhere.");
        Assert.DoesNotContain("elsewhere", second.ScreenText(), StringComparison.Ordinal);
    }

    [LinuxFact("setsid")]
    public async Task Somebody_ignored_is_not_seen_not_even_after_the_next_start()
    {
        var (ada, bob, cyd) = ($"ada-{_mark}", $"bob-{_mark}", $"cyd-{_mark}");
        foreach (var user in (string[])[ada, bob, cyd]) { await SignUpAsync(user); }
        using var home = new TemporaryFolder();
        await using (var chat = await LogInAsync(ada, home.Path))
        {
            await SendAsync(bob, ada, "heard");
            await chat.SeeAsync($"{bob}: heard");
            await chat.TypeAsync($"/ignore {bob}" + Enter);
            await chat.SeeAsync($"You see nothing of {bob} any more");
            await SendAsync(bob, ada, "not heard");
            await SendAsync(cyd, ada, "one");
            await chat.SeeAsync($"{cyd}: one");
            Assert.DoesNotContain("not heard", chat.ScreenText(), StringComparison.Ordinal);
            await chat.TypeAsync("/quit" + Enter);
            Assert.Equal(0, await chat.EndAsync());
        }
        await SendAsync(bob, ada, "not heard");
        await SendAsync(cyd, ada, "two");

        await using var next = await LogInAsync(ada, home.Path);

        await next.SeeAsync($"{cyd} (sent while away): two");
        Assert.DoesNotContain("not heard", next.ScreenText(), StringComparison.Ordinal);
    }

    [LinuxFact("setsid")]
    public async Task A_message_that_is_refused_says_so_and_the_line_is_marked()
    {
        await SignUpAsync($"ada-{_mark}");
        await using var chat = await LogInAsync($"ada-{_mark}");

        await chat.TypeAsync($"/msg nobody-{_mark} Hello?" + Enter);

        await chat.SeeAsync($"-> nobody-{_mark}: Hello? ✗");
        await chat.SeeAsync($"! Not sent to nobody-{_mark}: Recipient does not exist.");
        await chat.TypeAsync("/unsent" + Enter);
        await chat.SeeAsync("Everything is sent.");
    }

    [LinuxFact("setsid")]
    public async Task A_new_day_has_a_line_of_its_own()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await GatewayProcess.StartAsync(folder.Path))
        {
            await CliProcess.RunAsync(before.Port, "pw", "signup", "--user", "eve", "--password-file", "-");
            foreach (var text in (string[])["on monday", "on tuesday"])
            {
                await CliProcess.RunAsync(before.Port, "pw", "send", "eve", text, "--user", "eve", "--password-file", "-");
            }
            await before.StopAsync();
        }
        await using (var database = new SqliteConnection($"Data Source={folder.File("chat.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE messages SET sent_at = CASE content WHEN 'on monday' THEN 1583150400000 ELSE 1583236800000 END";
            Assert.Equal(2, await command.ExecuteNonQueryAsync());
        }
        await using var server = await GatewayProcess.StartAsync(folder.Path);
        await using var chat = await LogInAsync("eve", port: server.Port);

        await chat.SeeAsync("eve (sent while away): on tuesday");
        var rows = chat.Look(screen => screen.Rows).Where(row => row.StartsWith("---", StringComparison.Ordinal) || Text().IsMatch(row));
        Assert.Equal(
            ["--- 2020-03-02 ---", "on monday", "--- 2020-03-03 ---", "on tuesday"],
            rows.Select(row => Text().Match(row) is { Success: true } text ? text.Value : row));
    }

    private static int Count(IEnumerable<string> rows, string text) =>
        rows.Count(row => row.Contains(text, StringComparison.Ordinal));

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string password, params string[] arguments) =>
        await CliProcess.RunAsync(gateway.Process.Port, password, [.. arguments, "--password-file", "-"]);

    private async Task SignUpAsync(string user) =>
        Assert.Equal(0, (await RunAsync("pw", "signup", "--user", user)).ExitCode);

    private async Task SendAsync(string sender, string recipient, string text) =>
        Assert.Equal(0, (await RunAsync("pw", "send", recipient, text, "--user", sender)).ExitCode);

    private async Task<TerminalProcess> LogInAsync(
        string user, string? home = null, string? option = null, int? port = null)
    {
        string[] options = option is null ? [] : [option];
        var terminal = TerminalProcess.StartChat(port ?? gateway.Process.Port, ["--user", user, .. options], home);
        await terminal.SeeAsync("Password:");
        await terminal.TypeAsync("pw" + Enter);
        await terminal.SeeAsync($"Logged in as {user}");
        await terminal.SeeAsync(screen => screen.CursorLine.EndsWith($"{user}>", StringComparison.Ordinal), "the prompt");
        return terminal;
    }

    [GeneratedRegex("on [a-z]+day")]
    private static partial Regex Text();
}
