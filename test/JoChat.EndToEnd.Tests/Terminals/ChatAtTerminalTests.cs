using System.Globalization;

namespace JoChat.EndToEnd.Tests.Terminals;

/// <summary>The chat as people have it: real terminals, a real server that may be gone for a while.</summary>
[Trait("Speed", "Slow")]
public sealed class ChatAtTerminalTests : IAsyncLifetime, IDisposable
{
    private const string Enter = "\r", ControlC = "\x03";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _adasHome = new();
    private readonly int _port = FreePort.Find();
    private GatewayProcess? _gateway;

    [LinuxFact("setsid")]
    public async Task What_is_typed_while_the_server_is_away_stays_visible_and_is_sent_when_it_is_back()
    {
        await SignUpAsync("ada", "bob");
        await using var ada = await LogInAsync("ada", _adasHome.Path);
        await _gateway!.KillAsync();
        await ada.SeeAsync("Connection lost");

        await ada.TypeAsync("/msg bob one" + Enter);
        await ada.SeeAsync("ada -> bob: one …");
        await ada.TypeAsync("/msg bob two" + Enter);
        await ada.SeeAsync("ada -> bob: two …");
        await ada.SeeLineAsync("ada>");
        await ada.PressAsync("h", "i");
        await ada.SeeLineAsync("ada> hi");
        await StartGatewayAsync();
        await ada.SeeAsync("ada -> bob: one ✓");
        await ada.SeeAsync("ada -> bob: two ✓");
        await ada.SeeLineAsync("ada> hi");
        await using var bob = await LogInAsync("bob");
        await bob.SeeAsync("two");
        Assert.Equal(1, Count(bob, "ada (sent while away): one"));
        Assert.Equal(1, Count(bob, "ada (sent while away): two"));
    }

    [LinuxFact("setsid")]
    public async Task What_was_not_sent_is_asked_about_and_offered_at_the_next_start()
    {
        await SignUpAsync("ada", "bob");
        await using (var ada = await LogInAsync("ada", _adasHome.Path))
        {
            await _gateway!.KillAsync();
            await ada.SeeAsync("Connection lost");
            await ada.TypeAsync("/msg bob hello" + Enter);
            await ada.SeeAsync("hello …");

            await ada.TypeAsync("/quit" + Enter);
            await ada.SeeLineAsync("Leave? [y/N]");
            await ada.TypeAsync(Enter);
            await ada.SeeLineAsync("ada>");
            await ada.TypeAsync(ControlC);
            await ada.SeeLineAsync("Leave? [y/N]");
            await ada.PressAsync("y");
            await ada.TypeAsync(Enter);
            Assert.Equal(130, await ada.EndAsync());
        }
        await StartGatewayAsync();

        await using var again = await LogInAsync("ada", _adasHome.Path);
        await again.SeeAsync("1 message was not sent last time.");
        await again.TypeAsync("/retry" + Enter);
        await again.SeeAsync("ada -> bob: hello ✓");
        await again.TypeAsync("/quit" + Enter);
        Assert.Equal(0, await again.EndAsync());
        await using var third = await LogInAsync("ada", _adasHome.Path);
        Assert.Equal(0, Count(third, "not sent last time"));
    }

    [LinuxFact("setsid")]
    public async Task A_killed_terminal_client_loses_nothing_that_was_typed()
    {
        await SignUpAsync("ada", "bob");
        await using (var ada = await LogInAsync("ada", _adasHome.Path))
        {
            await _gateway!.KillAsync();
            await ada.SeeAsync("Connection lost");
            await ada.TypeAsync("/msg bob hello" + Enter);
            await ada.SeeAsync("hello …");
            ada.Signal(9);
            Assert.Equal(137, await ada.EndAsync());
        }
        await StartGatewayAsync();

        await using var again = await LogInAsync("ada", _adasHome.Path);
        await again.SeeAsync("1 message was not sent last time.");
    }

    [LinuxFact("setsid")]
    public async Task Ones_own_line_says_when_it_was_delivered_and_read_and_who_is_writing()
    {
        await SignUpAsync("ada", "bob");
        await using var ada = await LogInAsync("ada", _adasHome.Path);
        await ada.TypeAsync("/query bob" + Enter);
        await ada.SeeAsync("bob is not here; what you write waits for them.");
        await ada.TypeAsync("Tea?" + Enter);
        await ada.SeeAsync("ada -> bob: Tea? ✓");

        await using var bob = await LogInAsync("bob");
        await bob.SeeAsync("ada (sent while away): Tea?");
        await ada.SeeAsync("bob is here.");
        await ada.SeeAsync("ada -> bob: Tea? ✓✓");
        await bob.TypeAsync("/query ada" + Enter);
        await ada.SeeAsync("ada -> bob: Tea? read");
        await bob.TypeAsync("Yes");
        await ada.SeeLineAsync("ada -> bob (writing)>");
        await bob.TypeAsync(Enter);
        await ada.SeeAsync("bob: Yes");
        await ada.SeeLineAsync("ada -> bob>");
        await bob.TypeAsync("/quit" + Enter);
        await ada.SeeAsync("bob has left.");
    }

    [LinuxFact("setsid")]
    public async Task Who_leaves_with_the_first_keys_has_read_what_is_on_the_screen()
    {
        await SignUpAsync("ada", "bob");
        await using var ada = await LogInAsync("ada", _adasHome.Path);
        await using var bob = await LogInAsync("bob");
        await ada.TypeAsync("/msg bob Bye?" + Enter);
        await bob.SeeAsync("ada: Bye?");

        await bob.TypeAsync("/quit" + Enter);

        Assert.Equal(0, await bob.EndAsync());
        await ada.SeeAsync("ada -> bob: Bye? read");
    }

    [LinuxFact("setsid")]
    public async Task A_message_rings_only_if_one_wants_that_and_looks_elsewhere_and_shows_its_text_only_if_one_says_so()
    {
        const string FocusGained = "\e[I", FocusLost = "\e[O";
        await SignUpAsync("ada", "bob");
        await using var ada = await LogInAsync("ada", _adasHome.Path);
        await SendAsync("one");
        await ada.SeeAsync("bob: one");
        await ada.TypeAsync("/notify on" + Enter);
        await ada.SeeAsync("The terminal rings");
        await ada.TypeAsync(FocusGained);
        await SendAsync("two");
        await ada.SeeAsync("bob: two");
        Assert.Equal(0, ada.Look(screen => screen.Bells));

        await ada.TypeAsync(FocusLost);
        await ada.PressAsync("x"); // so that it is known to have come
        await SendAsync("three");
        await ada.SeeAsync(screen => screen.Bells == 1, "a bell");
        await ada.SeeAsync(screen => screen.Notifications.SequenceEqual(["JoChat: a message has come"]), "a notice");
        await ada.TypeAsync("\x15/notify text" + Enter);
        await ada.SeeAsync("shows each message");
        await SendAsync("four");
        await ada.SeeAsync(screen => screen.Notifications.Contains("bob: four"), "a notice with the text");

        async Task SendAsync(string text)
        {
            var (exitCode, _, errors) = await CliProcess.RunAsync(
                _port, "pw", "send", "ada", text, "--user", "bob", "--password-file", "-");
            Assert.True(exitCode == 0, errors);
        }
    }

    [LinuxFact("setsid")]
    public async Task The_session_elsewhere_is_ended_only_if_one_says_so()
    {
        await SignUpAsync("ada");
        await using var first = await LogInAsync("ada");
        await using var second = Start("ada");
        await second.SeeAsync("Password:");
        await second.TypeAsync("pw" + Enter);

        await second.SeeAsync($"Logged in elsewhere since {DateTime.Now.ToString("HH:", CultureInfo.InvariantCulture)}");
        await second.SeeAsync("End that session? [y/N]");
        await second.PressAsync("y");
        await second.TypeAsync(Enter);

        await second.SeeAsync("Logged in as ada");
        await first.SeeAsync("The account has logged in elsewhere.");
        Assert.Equal(1, await first.EndAsync());
    }

    [LinuxFact("setsid")]
    public async Task A_kept_login_needs_no_password_and_asks_before_it_ends_the_session_elsewhere()
    {
        await SignUpAsync("ada");
        await using var first = await LogInAsync("ada");
        await using (var login = TerminalProcess.StartChat(_port, ["login", "--user", "ada"], _adasHome.Path))
        {
            await login.SeeAsync("Password:");
            await login.TypeAsync("pw" + Enter);
            Assert.Equal(0, await login.EndAsync());
        }

        await using (var second = TerminalProcess.StartChat(_port, [], _adasHome.Path))
        {
            await second.SeeAsync("Logged in elsewhere since");
            await second.PressAsync("y");
            await second.TypeAsync(Enter);
            await second.SeeAsync("Logged in as ada");
            await first.SeeAsync("The account has logged in elsewhere.");
            await second.TypeAsync("/quit" + Enter);
            Assert.Equal(0, await second.EndAsync());
        }
        await using var third = TerminalProcess.StartChat(_port, [], _adasHome.Path);
        await third.SeeAsync("Logged in as ada"); // leaving did not end the login
        await third.TypeAsync("/logout" + Enter);
        await third.SeeAsync("Username:");
        await using var fourth = TerminalProcess.StartChat(_port, [], _adasHome.Path);
        await fourth.SeeAsync("Username:"); // logging out did
    }

    public Task InitializeAsync() => StartGatewayAsync();

    public async Task DisposeAsync() => await _gateway!.DisposeAsync();

    public void Dispose()
    {
        _folder.Dispose();
        _adasHome.Dispose();
    }

    private async Task StartGatewayAsync() => _gateway = await GatewayProcess.StartAsync(
        _folder.Path, "--port", _port.ToString(CultureInfo.InvariantCulture));

    private async Task SignUpAsync(params string[] users)
    {
        foreach (var user in users)
        {
            var (exitCode, _, errors) = await CliProcess.RunAsync(
                _port, "pw", "signup", "--user", user, "--password-file", "-");
            Assert.True(exitCode == 0, errors);
        }
    }

    private TerminalProcess Start(string user, string? home = null) =>
        TerminalProcess.StartChat(_port, ["--user", user], home);

    private async Task<TerminalProcess> LogInAsync(string user, string? home = null)
    {
        var terminal = Start(user, home);
        await terminal.SeeAsync("Password:");
        await terminal.TypeAsync("pw" + Enter);
        await terminal.SeeAsync($"Logged in as {user}");
        await terminal.SeeLineAsync($"{user}>");
        return terminal;
    }

    private static int Count(TerminalProcess terminal, string text) =>
        terminal.Look(screen => screen.Rows.Count(row => row.Contains(text, StringComparison.Ordinal)));
}
