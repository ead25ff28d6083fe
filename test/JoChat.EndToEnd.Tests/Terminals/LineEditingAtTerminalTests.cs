namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>The keys that people know from their shell, at a real terminal.</summary>
[Trait("Speed", "Slow")]
public sealed class LineEditingAtTerminalTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const string Enter = "\r", Up = "\e[A", Alt = "\e";

    private static string ControlKey(char letter) => ((char)(letter & 0x1F)).ToString();

    [LinuxFact("setsid")]
    public async Task Words_are_passed_cut_and_put_back_and_lines_are_searched_for()
    {
        await using var eve = await EnterAsync("eve-edits");

        await eve.TypeAsync("one two three");
        await eve.PressAsync(Alt + "b", ControlKey('w'));
        await eve.SeeLineAsync("eve-edits> one three");
        await eve.PressAsync(ControlKey('e'), " ", ControlKey('y'));
        await eve.SeeLineAsync("eve-edits> one three two");
        await eve.PressAsync(ControlKey('a'), "\e[1;5C", Alt + "d"); // Ctrl-Right
        await eve.SeeLineAsync("eve-edits> one two");
        await eve.PressAsync("\e[1;5D", "X", Alt + "f", "Y"); // Ctrl-Left
        await eve.SeeLineAsync("eve-edits> XoneY two");
        await eve.PressAsync(ControlKey('c'));
        await eve.SeeLineAsync("eve-edits>");
        await eve.TypeAsync("/whois nobody-here" + Enter);
        await eve.SeeAsync("There is nobody called nobody-here.");
        await eve.TypeAsync("/unsent" + Enter);
        await eve.SeeAsync("Everything is sent.");
        await eve.SeeLineAsync("eve-edits>"); // or the prompt's coming back would be taken for what the first key did
        await eve.PressAsync(ControlKey('r'), "w", "h");
        await eve.SeeLineAsync("(search: wh) /whois nobody-here");
        await eve.PressAsync(ControlKey('g'));
        await eve.SeeLineAsync("eve-edits>");
        await eve.PressAsync(Up, Up);
        await eve.SeeLineAsync("eve-edits> /whois nobody-here");
        await eve.PressAsync(ControlKey('l'));
        await eve.SeeAsync(
            screen => screen.Rows.Count(row => row.Length > 0) == 1 && screen.CursorLine == "eve-edits> /whois nobody-here",
            "nothing but the prompt");
    }

    [LinuxFact("setsid")]
    public async Task Tab_completes_the_names_of_people_one_has_not_met()
    {
        await SignUpAsync("zoe-unmet");
        await using var eve = await EnterAsync("eve-meets");

        await eve.TypeAsync("/query ZO");
        await eve.SeeLineAsync("eve-meets> /query ZO");
        // The server is asked while one types; until it has answered, Tab finds nothing.
        for (var pressed = 0; pressed < 1000 && !IsCompleted(); pressed++) { await eve.PressAsync("\t"); }
        Assert.True(IsCompleted());
        await eve.TypeAsync(Enter);
        await eve.SeeLineAsync("eve-meets -> zoe-unmet>");

        bool IsCompleted() => eve.Look(screen => screen.CursorLine) == "eve-meets> /query zoe-unmet";
    }

    [LinuxFact("setsid")]
    public async Task Another_account_does_not_recall_ones_lines()
    {
        await SignUpAsync("ida");
        await using var eve = await EnterAsync("eve-leaves");
        await eve.TypeAsync("/msg ida my secret" + Enter);
        await eve.SeeAsync("eve-leaves -> ida: my secret ✓");
        await eve.TypeAsync("/logout" + Enter);
        await eve.SeeLineAsync("Username:");
        await eve.TypeAsync("ida" + Enter);
        await eve.SeeAsync("Password:");
        await eve.TypeAsync("pw" + Enter);
        await eve.SeeLineAsync("ida>");

        await eve.TypeAsync(Up);
        await eve.PressAsync("x");

        await eve.SeeLineAsync("ida> x");
    }

    [LinuxFact("setsid")]
    public async Task Several_lines_are_written_by_hand_and_sent_without_a_question()
    {
        await using var eve = await EnterAsync("eve-writes");

        await eve.TypeAsync("/msg eve-writes one");
        await eve.PressAsync(Alt + Enter, "t", "w", "o");
        await eve.TypeAsync(Enter);

        await eve.SeeAsync(screen => screen.Rows.Any(row => row.EndsWith("eve-writes -> eve-writes: one", StringComparison.Ordinal))
            && screen.Rows.Any(row => row.Trim().StartsWith("two", StringComparison.Ordinal) && row[0] == ' '), "both lines, indented");
    }

    private async Task SignUpAsync(string user)
    {
        var (exitCode, _, errors) = await CliProcess.RunAsync(
            gateway.Process.Port, "pw", "signup", "--user", user, "--password-file", "-");
        Assert.True(exitCode == 0, errors);
    }

    private async Task<TerminalProcess> EnterAsync(string user)
    {
        await SignUpAsync(user);
        var terminal = TerminalProcess.StartChat(gateway.Process.Port, ["--user", user]);
        await terminal.SeeAsync("Password:");
        await terminal.TypeAsync("pw" + Enter);
        await terminal.SeeLineAsync($"{user}>");
        return terminal;
    }
}
