using JoChat.Cli.Terminals;
using static JoChat.Cli.Tests.Terminals.TerminalRig;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>Keys in, screen out.</summary>
public sealed class RawTerminalTests
{
    private readonly TerminalRig _rig = new();

    [Fact]
    public async Task A_typed_line_is_shown_behind_its_prompt_and_given_on_enter()
    {
        var line = _rig.Ask(LinePrompt.Question("Username: "));
        _rig.Type("ada");

        Assert.Equal("Username: ada", _rig.LastRow);
        Assert.Equal(13, _rig.Screen.CursorColumn);
        _rig.Press(Enter);
        Assert.Equal("ada", await line.OrFail());
        Assert.Equal(["Username: ada", ""], _rig.Screen.Rows);
    }

    [Fact]
    public async Task A_chat_line_leaves_the_screen_when_submitted()
    {
        var line = _rig.Chat();
        _rig.Type("hi");
        _rig.Press(Enter);

        Assert.Equal("hi", await line.OrFail());
        Assert.Equal([""], _rig.Screen.Rows);
    }

    [Fact]
    public async Task A_secret_is_never_on_the_screen()
    {
        var line = _rig.Ask(LinePrompt.Secret("Password: "));
        _rig.Type("s3cret");

        Assert.Equal("Password:", _rig.LastRow);
        Assert.Equal(10, _rig.Screen.CursorColumn);
        _rig.Press(Enter);
        Assert.Equal("s3cret", await line.OrFail());
        Assert.DoesNotContain(_rig.Screen.Rows, row => row.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public void Arriving_lines_appear_above_the_line_being_typed_and_leave_it_whole()
    {
        _ = _rig.Chat();
        _rig.Type("hello wor");
        _rig.Press(Left);

        _rig.Terminal.WriteLine(new ScreenLine("[12:00] bob: hi"));
        _rig.Terminal.WriteLine(new ScreenLine("* short"));

        Assert.Equal(["[12:00] bob: hi", "* short", "> hello wor"], _rig.Screen.Rows);
        Assert.Equal(10, _rig.Screen.CursorColumn);
    }

    [Fact]
    public void A_line_printed_while_nothing_is_asked_stands_alone()
    {
        _rig.Terminal.WriteLine(new ScreenLine("one"));
        _rig.Terminal.WriteLine(new ScreenLine("two"));

        Assert.Equal(["one", "two", ""], _rig.Screen.Rows);
    }

    [Fact]
    public void The_prompt_is_drawn_anew_when_a_line_arrives()
    {
        var away = 2;
        _ = _rig.Ask(new LinePrompt(() => $"[{away} away] ") { IsChatLine = true });
        _rig.Type("x");
        away = 1;
        _rig.Terminal.WriteLine(new ScreenLine("bob: hi"));

        Assert.Equal("[1 away] x", _rig.LastRow);
    }

    [Fact]
    public void A_long_line_scrolls_sideways_and_never_wraps()
    {
        var rig = new TerminalRig(columns: 30);
        _ = rig.Chat();

        foreach (var typed in string.Concat(Enumerable.Repeat("0123456789", 10)))
        {
            rig.Type(typed.ToString());

            Assert.Single(rig.Screen.Rows);
            Assert.EndsWith(typed.ToString(), rig.LastRow, StringComparison.Ordinal);
            Assert.Equal(rig.LastRow.Length, rig.Screen.CursorColumn);
        }
        rig.Press(Home);
        Assert.StartsWith("> 0123456789", rig.LastRow, StringComparison.Ordinal);
        Assert.InRange(rig.LastRow.Length, 20, 29); // the last column is left free
        Assert.Equal(2, rig.Screen.CursorColumn);
        rig.Press(End);
        Assert.EndsWith("9", rig.LastRow, StringComparison.Ordinal);
        Assert.Single(rig.Screen.Rows);
    }

    [Fact]
    public void Wide_characters_scroll_without_wrapping_and_the_cursor_stands_behind_them()
    {
        var rig = new TerminalRig(columns: 21);
        _ = rig.Chat();

        for (var count = 1; count <= 30; count++)
        {
            rig.Type("你");
            Assert.Single(rig.Screen.Rows);
            Assert.Equal(2 + (2 * (rig.LastRow.Length - 2)), rig.Screen.CursorColumn);
        }
    }

    [Fact]
    public void A_prompt_wider_than_the_screen_leaves_room_to_type()
    {
        var rig = new TerminalRig(columns: 20);
        _ = rig.Ask(LinePrompt.Question(new string('n', 60) + "> "));

        rig.Type("abc");

        Assert.Single(rig.Screen.Rows);
        Assert.EndsWith("> abc", rig.LastRow, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_control_character_is_left_out_and_a_bidi_override_is_shown()
    {
        var line = _rig.Chat();
        _rig.Paste("a\0\u009Bb\u202Ec");

        Assert.Equal(@"> ab\u202Ec", _rig.LastRow);
        _rig.Press(Enter);
        Assert.Equal("ab\u202Ec", await line.OrFail());
    }

    [Fact]
    public async Task Control_D_on_an_empty_line_is_the_end_of_input()
    {
        var line = _rig.Chat();
        _rig.Control('d');

        Assert.Null(await line.OrFail());
    }

    [Fact]
    public async Task A_keyboard_that_is_gone_is_the_end_of_input()
    {
        var line = _rig.Chat();
        _rig.Type("unfinished");
        _rig.HangUp();

        Assert.Null(await line.OrFail());
    }

    [Fact]
    public async Task Keys_typed_ahead_go_to_the_next_question()
    {
        _rig.Type("ada");
        _rig.Press(Enter);
        _rig.Type("pw");
        _rig.Press(Enter);

        Assert.Equal("ada", await _rig.Ask(LinePrompt.Question("Username: ")).OrFail());
        Assert.Equal("pw", await _rig.Ask(LinePrompt.Secret("Password: ")).OrFail());
    }

    [Fact]
    public async Task Cancelling_ends_the_question()
    {
        using var cancellation = new CancellationTokenSource();
        var line = _rig.Ask(LinePrompt.Question("? "), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => line.OrFail());
    }
}
