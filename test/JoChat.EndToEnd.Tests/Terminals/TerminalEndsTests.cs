namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>However the chat ends or stops, the terminal is as it was.</summary>
[Trait("Speed", "Slow")]
public sealed class TerminalEndsTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const int BracketedPaste = 2004, FocusReports = 1004;

    [LinuxTheory("setsid")]
    [InlineData(TerminalProcess.SigHup)]
    [InlineData(TerminalProcess.SigInt)]
    [InlineData(TerminalProcess.SigQuit)]
    [InlineData(TerminalProcess.SigTerm)]
    [InlineData(10)] // SIGUSR1, for which it has no use
    [InlineData(25)] // SIGXFSZ
    [InlineData(30)] // SIGPWR
    [InlineData(64)] // the last of the real-time signals
    public async Task A_signal_ends_with_its_exit_code_and_gives_the_terminal_back(int signal)
    {
        await using var chat = Start(out var before);
        await AtPromptAsync(chat);
        await chat.TypeAsync("half a name");
        await chat.SeeLineAsync("Username: half a name");

        chat.Signal(signal);

        Assert.Equal(128 + signal, await chat.EndAsync());
        AssertGivenBack(chat, before);
    }

    [LinuxTheory("setsid")]
    [InlineData("\x1c", 131)] // Ctrl-\
    [InlineData("\x03", 130)] // Ctrl-C on the empty line
    [InlineData("\x04", 0)] // Ctrl-D
    public async Task A_key_that_ends_gives_the_terminal_back(string key, int exitCode)
    {
        await using var chat = Start(out var before);
        await AtPromptAsync(chat);

        await chat.TypeAsync(key);

        Assert.Equal(exitCode, await chat.EndAsync());
        AssertGivenBack(chat, before);
    }

    [LinuxFact("setsid")]
    public async Task A_server_that_is_gone_ends_with_a_sentence_on_a_row_of_its_own()
    {
        using var folder = new TemporaryFolder();
        await using var server = await GatewayProcess.StartAsync(folder.Path);
        await using var chat = TerminalProcess.StartChat(server.Port, []);
        var before = chat.Terminal.Settings();
        await chat.SeeLineAsync("Username:");
        await server.KillAsync();
        await chat.PressAsync("a", "\r");
        await chat.SeeLineAsync("Password:");

        await chat.TypeAsync("pw\r");

        Assert.Equal(3, await chat.EndAsync());
        AssertGivenBack(chat, before);
        Assert.Contains("\njochat: ", chat.ScreenText(), StringComparison.Ordinal);
    }

    [LinuxFact("bash")]
    public async Task Control_Z_suspends_and_fg_draws_the_prompt_again()
    {
        await using var shell = TerminalProcess.Start("bash --norc --noprofile -i");
        await shell.SeeAsync("$", "#");
        await shell.TypeAsync("PS1='$? '; bind 'set enable-bracketed-paste off'; clear\r");
        await shell.SeeLineAsync("0");
        var before = shell.Terminal.Settings();
        await shell.TypeAsync(TerminalProcess.ChatCommandLine("--port", Port) + "\r");
        await shell.SeeLineAsync("Username:");
        await shell.TypeAsync("ad");
        await shell.SeeLineAsync("Username: ad");

        await shell.TypeAsync("\x1a");
        await shell.SeeAsync("Stopped");
        await shell.SeeAsync(screen => screen.CursorLine == "148", "the shell's prompt, 128 + SIGTSTP");
        Assert.False(shell.Look(screen => screen.HasMode(BracketedPaste) || screen.HasMode(FocusReports)));
        Assert.Equal(before, shell.Terminal.Settings());

        await shell.TypeAsync("fg\r");
        await shell.SeeLineAsync("Username: ad");
        await shell.SeeAsync(screen => screen.HasMode(BracketedPaste), "bracketed paste");
        Assert.False(shell.Terminal.Echoes);
        await shell.TypeAsync("a\x15\x03"); // the line, and on the empty line the program
        await shell.SeeLineAsync("130");
        Assert.Equal(before, shell.Terminal.Settings());
    }

    [LinuxFact("setsid")]
    public async Task A_password_of_a_verb_is_asked_for_without_echo_and_Control_C_gives_the_terminal_back()
    {
        await using var verb = TerminalProcess.StartChat(gateway.Process.Port, ["inbox", "--user", "ada"]);
        var before = verb.Terminal.Settings();
        await verb.SeeLineAsync("Password:");
        Assert.False(verb.Terminal.Echoes);
        await verb.TypeAsync("secret");

        await verb.TypeAsync("\x03");

        Assert.Equal(130, await verb.EndAsync());
        AssertGivenBack(verb, before);
        Assert.DoesNotContain("secret", verb.Written(), StringComparison.Ordinal);
    }

    private string Port => gateway.Process.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private TerminalProcess Start(out byte[] before)
    {
        var chat = TerminalProcess.StartChat(gateway.Process.Port, []);
        before = chat.Terminal.Settings(); // long before the process runs
        return chat;
    }

    private static async Task AtPromptAsync(TerminalProcess chat)
    {
        await chat.SeeLineAsync("Username:");
        Assert.False(chat.Terminal.Echoes || chat.Terminal.IsCanonical || chat.Terminal.HasSignalKeys);
        Assert.True(chat.Look(screen => screen.HasMode(BracketedPaste) && screen.HasMode(FocusReports)));
    }

    private static void AssertGivenBack(TerminalProcess chat, byte[] before)
    {
        Assert.Equal(before, chat.Terminal.Settings());
        Assert.Empty(chat.Look(screen => screen.Modes));
        Assert.Equal((0, ""), chat.Look(screen => (screen.CursorColumn, screen.CursorLine)));
    }
}
