using JoChat.Cli.Terminals;
using static JoChat.Cli.Tests.Terminals.TerminalRig;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>What is drawn again, rewritten and given back.</summary>
public sealed class ScreenTests
{
    private readonly TerminalRig _rig = new(columns: 40, rows: 6);

    [Fact]
    public void A_line_that_is_on_the_screen_is_rewritten_in_its_place()
    {
        _ = _rig.Chat();
        var written = _rig.Terminal.WriteLine(new ScreenLine("ada: ", "a text of more words than fit into one row", "…"));
        _rig.Terminal.WriteLine(new ScreenLine("* between"));
        _rig.Type("typing");
        _rig.Press(Left);

        Assert.True(_rig.Terminal.TryRewrite(
            written, new ScreenLine("ada: ", "a text of more words than fit into one row", "✓✓")));

        Assert.Equal(
            ["ada: a text of more words than fit", "     into one row ✓✓", "* between", "> typing"], _rig.Screen.Rows);
        Assert.Equal((3, 7), (_rig.Screen.CursorRow, _rig.Screen.CursorColumn));
    }

    [Fact]
    public void A_line_that_has_scrolled_out_is_left_alone()
    {
        _ = _rig.Chat();
        var first = _rig.Terminal.WriteLine(new ScreenLine("0"));
        for (var row = 1; row < 5; row++) { _rig.Terminal.WriteLine(new ScreenLine("x")); }

        Assert.True(_rig.Terminal.TryRewrite(first, new ScreenLine("1"))); // the topmost row
        _rig.Terminal.WriteLine(new ScreenLine("x"));
        Assert.False(_rig.Terminal.TryRewrite(first, new ScreenLine("2")));

        Assert.Equal(["1", "x", "x", "x", "x", "x", ">"], _rig.Screen.Rows);
    }

    [Fact]
    public void What_takes_another_number_of_rows_is_left_alone()
    {
        var written = _rig.Terminal.WriteLine(new ScreenLine("ada: ", "short"));

        Assert.False(_rig.Terminal.TryRewrite(written, new ScreenLine("ada: ", "a\nb")));
    }

    [Fact]
    public async Task After_a_resize_a_cleared_screen_or_a_stop_nothing_is_rewritten()
    {
        _ = _rig.Chat();
        foreach (var forget in new Action[]
        {
            () => _rig.Device.Resize(50, 6), () => _rig.Control('l'), () => _rig.Control('z'), _rig.Device.Continue,
        })
        {
            var written = _rig.Terminal.WriteLine(new ScreenLine("a"));
            forget();
            Assert.False(_rig.Terminal.TryRewrite(written, new ScreenLine("b")));
        }
        await Task.CompletedTask;
    }

    [Fact]
    public void Rows_of_questions_count()
    {
        var question = _rig.Ask(LinePrompt.Question("? "));
        var written = _rig.Terminal.WriteLine(new ScreenLine("a"));
        _rig.Press(Enter);
        Assert.True(question.IsCompleted);

        Assert.True(_rig.Terminal.TryRewrite(written, new ScreenLine("b")));

        Assert.Equal(["b", "?", ""], _rig.Screen.Rows);
    }

    [Fact]
    public void Control_Z_gives_the_terminal_back_until_the_process_goes_on()
    {
        _ = _rig.Chat();
        _rig.Type("half");
        _rig.Device.Stopped = () =>
        {
            Assert.False(_rig.Device.IsRaw);
            Assert.Empty(_rig.Screen.Modes);
            Assert.Equal("", _rig.Screen.CursorLine);
            _rig.Terminal.WriteLine(new ScreenLine("arrived"));
        };

        _rig.Control('z');

        Assert.True(_rig.Device.IsRaw);
        Assert.Equal([1004, 2004], _rig.Screen.Modes.Order());
        Assert.Equal(["> half", "arrived", "> half"], _rig.Screen.Rows);
    }

    [Fact]
    public void In_the_background_nothing_is_drawn_until_the_process_has_the_terminal()
    {
        _ = _rig.Chat();
        _rig.Device.IsInBackground = true;
        _rig.Control('z');
        Assert.Equal((false, ""), (_rig.Device.IsRaw, _rig.Screen.CursorLine));

        _rig.Device.IsInBackground = false;
        _rig.Device.Continue();

        Assert.Equal((true, ">"), (_rig.Device.IsRaw, _rig.Screen.CursorLine));
    }

    [Fact]
    public void A_closed_terminal_is_as_it_was_and_stays_so()
    {
        _ = _rig.Chat();
        _rig.Type("half");

        _rig.Terminal.Close();
        _rig.Terminal.Close();
        _rig.Device.Continue();
        _rig.Terminal.WriteLine(new ScreenLine("late"));

        Assert.False(_rig.Device.IsRaw);
        Assert.Empty(_rig.Screen.Modes);
        Assert.Equal(["> half", "late", ""], _rig.Screen.Rows);
    }

    [Fact]
    public async Task Control_C_clears_a_line_and_on_an_empty_one_interrupts()
    {
        var line = _rig.AskFor(_rig.ChatPrompt());
        _rig.Type("half");
        _rig.Control('c');
        Assert.Equal(">", _rig.LastRow);

        _rig.Control('c');

        Assert.Equal(new TypedLine(null) { IsInterrupted = true }, await line.OrFail());
        _rig.Control('c'); // nobody asks
        _rig.Control('\\');
        Assert.Equal(["interrupt", "quit"], _rig.Device.Signals);
    }

    [Fact]
    public void A_resize_draws_the_line_for_the_new_width()
    {
        _ = _rig.Chat();
        _rig.Type("0123456789012345678901234567");
        _rig.Screen.Resize(20, 6);

        _rig.Device.Resize(20, 6);

        Assert.EndsWith("4567", _rig.LastRow, StringComparison.Ordinal);
        Assert.InRange(_rig.Screen.CursorColumn, 4, 19);
    }

    [Fact]
    public void The_bell_rings_unless_the_terminal_is_looked_at()
    {
        _rig.Terminal.Notify("");
        Assert.Equal(1, _rig.Screen.Bells);

        _rig.Send("\e[I");
        _rig.Terminal.Notify("bob: hi");
        Assert.Equal(1, _rig.Screen.Bells);

        _rig.Send("\e[O");
        _rig.Terminal.Notify("bob\e: hi\a");
        Assert.Equal(2, _rig.Screen.Bells);
        Assert.Equal([@"bob\x1B: hi\x07"], _rig.Screen.Notifications);
    }
}
