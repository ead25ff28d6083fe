using static JoChat.Cli.Tests.Terminals.TerminalRig;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>What each key does to the line; the rows include the prompt <c>&gt; </c>.</summary>
public sealed class LineEditingTests
{
    private readonly TerminalRig _rig = new();

    [Theory]
    [InlineData(Left, 4)]
    [InlineData(Home, 2)]
    [InlineData(End, 5)]
    [InlineData(Right, 5)]
    public void Keys_move_the_cursor(string key, int column)
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
        _rig.Press(Left, Left);

        _rig.Type("X");
        Assert.Equal("> abXcd", _rig.LastRow);
        _rig.Press(Backspace);
        Assert.Equal("> abcd", _rig.LastRow);
        _rig.Press(Delete);
        Assert.Equal("> abd", _rig.LastRow);
        Assert.Equal(4, _rig.Screen.CursorColumn);
    }

    [Theory]
    [InlineData('u', "> c d", 2)]
    [InlineData('k', "> a b", 6)]
    [InlineData('w', "> a c d", 4)]
    [InlineData('a', "> a b c d", 2)]
    [InlineData('e', "> a b c d", 9)]
    [InlineData('d', "> a b  d", 6)]
    public void Control_keys_edit_services_the_cursor(char key, string row, int column)
    {
        _ = _rig.Chat();
        _rig.Type("a b c d");
        _rig.Press(Left, Left, Left);

        _rig.Control(key);

        Assert.Equal(row, _rig.LastRow);
        Assert.Equal(column, _rig.Screen.CursorColumn);
    }

    [Fact]
    public void Keys_that_have_nothing_to_do_do_nothing()
    {
        _ = _rig.Chat();

        _rig.Press(Backspace, Delete, Left, Right);
        _rig.Press(Up, Down, Tab, "\e[15~");
        _rig.Control('w');
        _rig.Control('g');

        Assert.Equal(">", _rig.LastRow);
        Assert.Equal(2, _rig.Screen.CursorColumn);
    }

    [Fact]
    public async Task The_cursor_steps_over_whole_characters()
    {
        var line = _rig.Chat();
        _rig.Type("x👩‍🚀e\u0301你");
        Assert.Equal(8, _rig.Screen.CursorColumn); // 2 + 1 + 2 + 1 + 2

        _rig.Press(Left);
        Assert.Equal(6, _rig.Screen.CursorColumn);
        _rig.Press(Backspace); // the e with its mark
        _rig.Press(Backspace); // the whole picture
        _rig.Press(Enter);

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
        _rig.Press(Up);
        Assert.Equal("> two", _rig.LastRow);
        _rig.Press(Up, Up);
        Assert.Equal("> one", _rig.LastRow);
        _rig.Press(Down, Down);
        Assert.Equal("> draft", _rig.LastRow);
    }

    [Fact]
    public async Task Answers_to_questions_are_not_recalled()
    {
        var secret = _rig.Ask(Cli.Terminals.LinePrompt.Secret("Password: "));
        _rig.Type("s3cret");
        _rig.Press(Enter);
        await secret.OrFail();

        _ = _rig.Chat();
        _rig.Press(Up);

        Assert.Equal(">", _rig.LastRow);
    }

    [Fact]
    public void Tab_goes_round_the_words_that_fit()
    {
        _ = _rig.Chat(before => before.EndsWith(" b", StringComparison.Ordinal) ? ["bea", "bob"] : []);
        _rig.Type("/msg b");

        _rig.Press(Tab);
        Assert.Equal("> /msg bea", _rig.LastRow);
        _rig.Press(Tab);
        Assert.Equal("> /msg bob", _rig.LastRow);
        _rig.Press(Tab);
        Assert.Equal("> /msg bea", _rig.LastRow);
        _rig.Type("hi");
        Assert.Equal("> /msg bea hi", _rig.LastRow);
        _rig.Type(" b");
        _rig.Press(Tab); // another word, so from the beginning
        Assert.Equal("> /msg bea hi bea", _rig.LastRow);
    }

    private async Task SubmitAsync(string text)
    {
        var line = _rig.Chat();
        _rig.Type(text);
        _rig.Press(Enter);
        await line.OrFail();
    }
}
