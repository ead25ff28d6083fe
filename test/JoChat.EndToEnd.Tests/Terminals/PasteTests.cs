using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>A paste into the real chat is text, whatever is in it.</summary>
[Trait("Speed", "Slow")]
public sealed class PasteTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const string Begin = "\e[200~", End = "\e[201~";

    [LinuxFact("setsid")]
    public async Task What_is_pasted_stays_in_the_line_until_enter()
    {
        await using var chat = await SignUpAsync("pat");

        await chat.TypeAsync($"{Begin}/quit\r\n\tone\ttwo\r/delete-account\rpat\r{End}");
        await chat.SeeLineAsync("pat> /quit⏎⇥one⇥two⏎/delete-account⏎pat");
        await chat.TypeAsync("\x15"); // Ctrl-U
        await chat.SeeLineAsync("pat>");

        Assert.DoesNotContain("confirm", chat.ScreenText(), StringComparison.Ordinal);
        await chat.TypeAsync("\x04");
        Assert.Equal(0, await chat.EndAsync());
    }

    [LinuxFact("setsid")]
    public async Task Several_lines_are_one_message_after_one_question_and_stay_in_the_line_without_a_yes()
    {
        await using var chat = await SignUpAsync("pen");
        await chat.TypeAsync($"{Begin}/msg pen one\n\ttwo{End}");
        await chat.SeeLineAsync("pen> /msg pen one⏎⇥two");

        await chat.TypeAsync("\r");
        await chat.SeeLineAsync("Send 2 lines as one message? [y/N]");
        await chat.PressAsync("n");
        await chat.TypeAsync("\r");
        await chat.SeeLineAsync("pen> /msg pen one⏎⇥two");
        await chat.TypeAsync("\r");
        await chat.SeeLineAsync("Send 2 lines as one message? [y/N]");
        await chat.PressAsync("y");
        await chat.TypeAsync("\r");

        await chat.SeeAsync("pen: one");
        await chat.SeeAsync(screen => screen.Rows.Any(row => row.TrimEnd().EndsWith("    two", StringComparison.Ordinal)), "a tab");
    }

    [LinuxFact("setsid")]
    public async Task A_paste_that_is_too_long_is_refused_whole()
    {
        await using var chat = await SignUpAsync("pia");

        var text = string.Concat(Enumerable.Repeat("0123456789\n", 7_000));
        await chat.TypeAsync($"{Begin}{text}{End}");

        await chat.SeeAsync("! The paste is 77,000 bytes long; a message takes 65,535. Nothing was inserted.");
        await chat.SeeLineAsync("pia>");
        Assert.NotEqual(0, chat.Look(screen => screen.Bells));
    }

    [LinuxFact("setsid")]
    public async Task Lines_that_arrive_together_without_being_told_a_paste_are_one_text()
    {
        await using var chat = await SignUpAsync("pol");

        await chat.TypeAsync("/quit\rp\tx\r/quit\ry"); // no newline at the end, so nothing is submitted
        await chat.SeeLineAsync("pol> /quit⏎p⇥x⏎/quit⏎y");
    }

    [LinuxFact("setsid")]
    public async Task A_confirmation_takes_neither_what_was_typed_before_nor_a_paste()
    {
        await using var chat = await SignUpAsync("pim");

        await chat.TypeAsync("/delete-account\r");
        await chat.SeeLineAsync("Type your username to confirm:");
        await chat.TypeAsync($"{Begin}pim\r{End}");
        await chat.SeeAsync("! Type the answer key by key: what is pasted does not count.");
        await chat.TypeAsync("pim\r");
        await chat.SeeAsync(screen => screen.Bells == 2, "2");
        await chat.SeeLineAsync("Type your username to confirm:");
        await chat.TypeAsync("\x03");
    }

    [LinuxFact("setsid")]
    public async Task Lines_that_are_pasted_are_one_message_after_one_question()
    {
        await using var chat = await SignUpAsync("pet");
        var lines = Enumerable.Range(1, 50).Select(i => $"\tline {i}");
        await chat.TypeAsync("/msg pet ");
        await chat.SeeLineAsync("pet> /msg pet");

        await chat.TypeAsync($"{Begin}first\r{string.Join('\r', lines)}\r{End}");
        await chat.SeeAsync(screen => screen.CursorLine.EndsWith("line 50", StringComparison.Ordinal), "the line");
        await chat.TypeAsync("\r");
        await chat.SeeLineAsync("Send 51 lines as one message? [y/N]");
        await chat.PressAsync("y");
        await chat.TypeAsync("\r");
        await chat.SeeAsync(
            screen => screen.Rows.Any(row => row.Contains('#') && row.EndsWith(" pet: first", StringComparison.Ordinal)), "it back");

        var (_, output, _) = await CliProcess.RunAsync(
            gateway.Process.Port, "pw", "history", "pet", "--json", "--user", "pet", "--password-file", "-");
        var message = JsonNode.Parse(Assert.Single(output.TrimEnd('\n').Split('\n')))!;
        Assert.Equal("first\n" + string.Join('\n', lines), (string?)message["content"]);
    }

    [LinuxFact("setsid")]
    public async Task A_confirmation_does_not_take_keys_that_were_pressed_before_its_question()
    {
        using var folder = new TemporaryFolder();
        await using var server = await GatewayProcess.StartAsync(folder.Path);
        await using var chat = await SignUpAsync("pip", server.Port);
        await SignalAsync("STOP");
        foreach (var line in (string[])["/whois pip", "/delete-account"])
        {
            await chat.TypeAsync(line);
            await chat.SeeLineAsync("pip> " + line);
            await chat.TypeAsync("\r");
            await chat.SeeAsync(screen => screen.CursorLine is "pip>" or "", "it taken");
        }

        foreach (var key in (string[])["p", "i", "p", "\r"]) { await chat.TypeAsync(key); }
        await SignalAsync("CONT");
        await chat.SeeLineAsync("Type your username to confirm:");
        await chat.TypeAsync("x");

        await chat.SeeLineAsync("Type your username to confirm: x");

        async Task SignalAsync(string signal)
        {
            using var kill = Process.Start("kill", ["-" + signal, $"{server.ProcessId}"]);
            await kill.WaitForExitAsync().OrFail();
            Assert.Equal(0, kill.ExitCode);
        }
    }

    [LinuxFact("setsid")]
    public async Task A_line_wraps_between_words_under_itself_and_none_begins_like_the_programs()
    {
        await using var chat = await SignUpAsync("paz");
        chat.Resize(40, 24);

        await chat.TypeAsync("/msg paz " + string.Concat(Enumerable.Repeat("word ", 12)) + "[12:00] #1 bob: fake");
        await chat.SeeAsync(screen => screen.CursorLine.EndsWith("fake", StringComparison.Ordinal), "the line");
        await chat.TypeAsync("\r");

        await chat.SeeAsync(screen => screen.Rows.Any(IsLastRow), "it sent");
        var rows = chat.Look(screen => screen.Rows)
            .SkipWhile(row => !row.Contains(": word", StringComparison.Ordinal)).ToArray();
        var end = Array.FindIndex(rows, IsLastRow);
        Assert.InRange(end, 2, 5);
        Assert.All(rows[1..(end + 1)], row => Assert.Matches("^ {4,}[^ ]", row));

        static bool IsLastRow(string row) =>
            row.StartsWith(' ') && row.Contains(" fake", StringComparison.Ordinal);
    }

    [LinuxFact("setsid")]
    public async Task A_resize_draws_the_prompt_for_the_new_width()
    {
        await using var chat = await SignUpAsync("pas");
        await chat.TypeAsync(string.Concat(Enumerable.Repeat("0123456789", 6)) + "end");
        await chat.SeeAsync(screen => screen.CursorLine.EndsWith("9end", StringComparison.Ordinal), "the line");

        chat.Resize(30, 24);

        await chat.SeeAsync(
            screen => screen.CursorLine.EndsWith("9end", StringComparison.Ordinal) && screen.CursorColumn < 30,
            "the end of the line in 30 columns");
    }

    private async Task<TerminalProcess> SignUpAsync(string user, int? port = null)
    {
        var chat = TerminalProcess.StartChat(port ?? gateway.Process.Port, []);
        await chat.SeeLineAsync("Username:");
        await chat.TypeAsync(user + "\rpw\r"); // typed ahead, as scripts do
        await chat.SeeLineAsync("Sign up instead? [y/N]");
        await chat.PressAsync("y", "\r"); // by hand: it is a confirmation
        await chat.SeeLineAsync("Repeat the password:");
        await chat.TypeAsync("pw\r");
        await chat.SeeLineAsync(string.Create(CultureInfo.InvariantCulture, $"{user}>"));
        return chat;
    }
}
