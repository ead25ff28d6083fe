namespace JoChat.Cli.Tests.Terminals;

/// <summary>What each key does to the line; the rows include the prompt <c>&gt; </c>.</summary>
public sealed class LineEditingTests
{
    private readonly TerminalRig _rig = new();

    [Theory]
    [InlineData(ConsoleKey.LeftArrow, 4)]
    [InlineData(ConsoleKey.Home, 2)]
    [InlineData(ConsoleKey.End, 5)]
    [InlineData(ConsoleKey.RightArrow, 5)]
    public void Keys_move_the_cursor(ConsoleKey key, int column)
    {
        _ = _rig.Chat();
        _rig.Type("abc");

        _rig.Press(key);

        Assert.Equal(column, _rig.Screen.CursorColumn);
        Assert.Equal("> abc", _rig.LastRow);
    }

    [Fact]
    public void Text_is_inserted_and_deleted_where_the_cursor_is()
    {
        _ = _rig.Chat();
        _rig.Type("abcd");
        _rig.Press(ConsoleKey.LeftArrow, ConsoleKey.LeftArrow);

        _rig.Type("X");
        Assert.Equal("> abXcd", _rig.LastRow);
        _rig.Press(ConsoleKey.Backspace);
        Assert.Equal("> abcd", _rig.LastRow);
        _rig.Press(ConsoleKey.Delete);
        Assert.Equal("> abd", _rig.LastRow);
        Assert.Equal(4, _rig.Screen.CursorColumn);
    }

    [Theory]
    [InlineData(ConsoleKey.U, "> c d", 2)]
    [InlineData(ConsoleKey.K, "> a b", 6)]
    [InlineData(ConsoleKey.W, "> a c d", 4)]
    [InlineData(ConsoleKey.A, "> a b c d", 2)]
    [InlineData(ConsoleKey.E, "> a b c d", 9)]
    [InlineData(ConsoleKey.D, "> a b  d", 6)]
    public void Control_keys_edit_services_the_cursor(ConsoleKey key, string row, int column)
    {
        _ = _rig.Chat();
        _rig.Type("a b c d");
        _rig.Press(ConsoleKey.LeftArrow, ConsoleKey.LeftArrow, ConsoleKey.LeftArrow);

        _rig.Control(key);

        Assert.Equal(row, _rig.LastRow);
        Assert.Equal(column, _rig.Screen.CursorColumn);
    }

    [Fact]
    public void Keys_that_have_nothing_to_do_do_nothing()
    {
        _ = _rig.Chat();

        _rig.Press(ConsoleKey.Backspace, ConsoleKey.Delete, ConsoleKey.LeftArrow, ConsoleKey.RightArrow);
        _rig.Press(ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.Tab, ConsoleKey.F5);
        _rig.Control(ConsoleKey.W);
        _rig.Control(ConsoleKey.G);

        Assert.Equal(">", _rig.LastRow);
        Assert.Equal(2, _rig.Screen.CursorColumn);
    }

    [Fact]
    public async Task The_cursor_steps_over_whole_characters()
    {
        var line = _rig.Chat();
        _rig.Type("x👩‍🚀e\u0301你");
        Assert.Equal(8, _rig.Screen.CursorColumn); // 2 + 1 + 2 + 1 + 2

        _rig.Press(ConsoleKey.LeftArrow);
        Assert.Equal(6, _rig.Screen.CursorColumn);
        _rig.Press(ConsoleKey.Backspace); // the e with its mark
        _rig.Press(ConsoleKey.Backspace); // the whole picture
        _rig.Press(ConsoleKey.Enter);

        Assert.Equal("x你", await line.OrFail());
    }

    [Fact]
    public async Task Up_and_down_recall_lines_and_keep_the_draft()
    {
        await SubmitAsync("one");
        await SubmitAsync("two");
        await SubmitAsync("two"); // remembered once

        _ = _rig.Chat();
        _rig.Type("draft");
        _rig.Press(ConsoleKey.UpArrow);
        Assert.Equal("> two", _rig.LastRow);
        _rig.Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow);
        Assert.Equal("> one", _rig.LastRow);
        _rig.Press(ConsoleKey.DownArrow, ConsoleKey.DownArrow);
        Assert.Equal("> draft", _rig.LastRow);
    }

    [Fact]
    public async Task Answers_to_questions_are_not_recalled()
    {
        var secret = _rig.Ask(Cli.Terminals.LinePrompt.Secret("Password: "));
        _rig.Type("s3cret");
        _rig.Press(ConsoleKey.Enter);
        await secret.OrFail();

        _ = _rig.Chat();
        _rig.Press(ConsoleKey.UpArrow);

        Assert.Equal(">", _rig.LastRow);
    }

    [Fact]
    public void Tab_goes_round_the_words_that_fit()
    {
        _ = _rig.Chat(before => before.EndsWith(" b", StringComparison.Ordinal) ? ["bea", "bob"] : []);
        _rig.Type("/msg b");

        _rig.Press(ConsoleKey.Tab);
        Assert.Equal("> /msg bea", _rig.LastRow);
        _rig.Press(ConsoleKey.Tab);
        Assert.Equal("> /msg bob", _rig.LastRow);
        _rig.Press(ConsoleKey.Tab);
        Assert.Equal("> /msg bea", _rig.LastRow);
        _rig.Type("hi");
        Assert.Equal("> /msg bea hi", _rig.LastRow);
        _rig.Type(" b");
        _rig.Press(ConsoleKey.Tab); // another word, so from the beginning
        Assert.Equal("> /msg bea hi bea", _rig.LastRow);
    }

    private async Task SubmitAsync(string text)
    {
        var line = _rig.Chat();
        _rig.Type(text);
        _rig.Press(ConsoleKey.Enter);
        await line.OrFail();
    }
}
