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

    [Theory]
    [InlineData("\eb", "> one two-three", 10)] // to the beginning of the word
    [InlineData("\e[1;5D", "> one two-three", 10)]
    [InlineData("\e\x7f", "> one two-", 10)]
    [InlineData("\x17", "> one", 6)] // up to the blank
    public void Keys_for_words_go_to_the_left(string key, string row, int column)
    {
        _ = _rig.Chat();
        _rig.Type("one two-three");

        _rig.Press(key);

        Assert.Equal((row, column), (_rig.LastRow, _rig.Screen.CursorColumn));
    }

    [Theory]
    [InlineData("\ef", "> one two-three", 5)]
    [InlineData("\e[1;5C", "> one two-three", 5)]
    [InlineData("\eOc", "> one two-three", 5)]
    [InlineData("\ed", ">  two-three", 2)]
    [InlineData("\e[3;5~", ">  two-three", 2)]
    public void Keys_for_words_go_to_the_right(string key, string row, int column)
    {
        _ = _rig.Chat();
        _rig.Type("one two-three");
        _rig.Press(Home);

        _rig.Press(key);

        Assert.Equal((row, column), (_rig.LastRow, _rig.Screen.CursorColumn));
    }

    [Fact]
    public void Control_Y_inserts_what_was_deleted_in_a_row()
    {
        _ = _rig.Chat();
        _rig.Type("one two three");

        _rig.Control('w', 'w');
        Assert.Equal("> one", _rig.LastRow);
        _rig.Control('y', 'y');
        Assert.Equal("> one two threetwo three", _rig.LastRow);
        _rig.Control('u', 'y');
        Assert.Equal("> one two threetwo three", _rig.LastRow);
    }

    [Fact]
    public async Task Control_Y_inserts_nothing_of_a_secret()
    {
        var secret = _rig.Ask(Cli.Terminals.LinePrompt.Secret("Password: "));
        _rig.Type("s3cret");
        _rig.Control('u');
        _rig.Press(Enter);
        await secret.OrFail();

        _ = _rig.Chat();
        _rig.Control('y');

        Assert.Equal(">", _rig.LastRow);
    }

    [Fact]
    public async Task Control_R_finds_older_lines_while_one_types()
    {
        await SubmitAsync("tea at four");
        await SubmitAsync("coffee");
        await SubmitAsync("tea at five");
        var line = _rig.Chat();
        _rig.Type("draft");

        _rig.Control('r');
        _rig.Type("tea");
        Assert.Equal("(search: tea) tea at five", _rig.LastRow);
        _rig.Control('r');
        Assert.Equal("(search: tea) tea at four", _rig.LastRow);
        _rig.Control('r'); // there is no other
        Assert.Equal(("(not found: tea) tea at four", 1), (_rig.LastRow, _rig.Screen.Bells));
        _rig.Press(Backspace, Backspace, Backspace);
        _rig.Type("cof");
        Assert.Equal("(search: cof) coffee", _rig.LastRow);
        _rig.Control('g');
        Assert.Equal("> draft", _rig.LastRow);
        _rig.Control('r');
        _rig.Type("four");
        _rig.Press(Left);
        Assert.Equal(("> tea at four", 12), (_rig.LastRow, _rig.Screen.CursorColumn));
        _rig.Control('r');
        _rig.Type("cof");
        _rig.Press("\e");
        Assert.Equal("> coffee", _rig.LastRow);
        _rig.Control('r');
        _rig.Type("five");
        _rig.Press(Enter);

        Assert.Equal("tea at five", await line.OrFail());
    }

    [Fact]
    public void Control_L_clears_the_screen_and_draws_the_line_again()
    {
        _rig.Terminal.WriteLine(new Cli.Terminals.ScreenLine("* old"));
        _ = _rig.Chat();
        _rig.Type("abc");

        _rig.Control('l');

        Assert.Equal(("> abc", 0, 5), (_rig.Screen.CursorLine, _rig.Screen.CursorRow, _rig.Screen.CursorColumn));
        Assert.DoesNotContain("* old", _rig.Screen.Rows);
    }

    [Fact]
    public async Task Each_history_recalls_its_own_lines()
    {
        await SubmitAsync("ada's");
        var prompt = _rig.ChatPrompt() with { History = new Cli.Terminals.LineHistory() };

        _ = _rig.Ask(prompt);
        _rig.Press(Up);

        Assert.Equal(">", _rig.LastRow);
    }

    private async Task SubmitAsync(string text)
    {
        var line = _rig.Chat();
        _rig.Type(text);
        _rig.Press(Enter);
        await line.OrFail();
    }
}
