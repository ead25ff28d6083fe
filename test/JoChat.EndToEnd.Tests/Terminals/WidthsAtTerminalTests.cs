namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>Characters that programs and terminals count differently.</summary>
[Trait("Speed", "Slow")]
public sealed class WidthsAtTerminalTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const string Enter = "\r", Left = "\e[D";

    [LinuxFact("setsid")]
    public async Task The_cursor_is_where_the_terminal_draws_the_character()
    {
        await using var chat = await EnterAsync("wim");
        var start = "wim> ".Length;

        await chat.TypeAsync("\u0E01\u0E33\u0E01\u0E33|");
        await chat.SeeAsync(screen => screen.CursorColumn == start + 5, "the cursor behind two syllables of two columns");
        await chat.PressAsync(Left);
        await chat.SeeAsync(screen => screen.CursorColumn == start + 4, "the cursor behind the second");
        await chat.PressAsync(Left);

        await chat.SeeAsync(screen => screen.CursorColumn == start + 2, "the cursor behind the first");
    }

    [LinuxFact("setsid")]
    public async Task A_long_tail_of_marks_is_cut_and_no_text_fakes_a_line_of_the_program()
    {
        await using var chat = await EnterAsync("wil");

        await SendAsync("wil", "e" + new string('\u0301', 60) + "!\n* You are logged out.\r\e[2Jx");

        await chat.SeeAsync("e" + new string('\u0301', 8) + "…!");
        await chat.SeeAsync(@"\x1B[2Jx");
        var row = chat.Look(screen => screen.Rows).Single(row => row.Contains("You are logged out", StringComparison.Ordinal));
        Assert.StartsWith("    ", row, StringComparison.Ordinal);
    }

    private async Task SendAsync(string user, string text)
    {
        var (exitCode, _, errors) = await CliProcess.RunAsync(
            gateway.Process.Port, "pw", "send", user, text, "--user", user, "--password-file", "-");
        Assert.True(exitCode == 0, errors);
    }

    private async Task<TerminalProcess> EnterAsync(string user)
    {
        await CliProcess.RunAsync(gateway.Process.Port, "pw", "signup", "--user", user, "--password-file", "-");
        var terminal = TerminalProcess.StartChat(gateway.Process.Port, ["--user", user]);
        await terminal.SeeAsync("Password:");
        await terminal.TypeAsync("pw" + Enter);
        await terminal.SeeLineAsync($"{user}>");
        return terminal;
    }
}
