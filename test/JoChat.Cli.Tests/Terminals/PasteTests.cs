using JoChat.Cli.Terminals;
using static JoChat.Cli.Tests.Terminals.TerminalRig;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>What is pasted is text and confirms nothing, whether the terminal tells pastes or not.</summary>
public sealed class PasteTests
{
    private readonly TerminalRig _rig = new();

    [Fact]
    public async Task A_paste_stays_in_the_line_with_its_newlines_and_tabs()
    {
        var line = _rig.AskFor(_rig.ChatPrompt(_ => ["stranger"]));
        _rig.Paste("/quit\r\n\tb\r");
        Assert.Equal("> /quit⏎⇥b", _rig.LastRow);
        Assert.False(line.IsCompleted);

        _rig.Press(Enter);
        Assert.Equal(new TypedLine("/quit\n\tb") { HasPastedLines = true }, await line.OrFail());
    }

    [Fact]
    public async Task Lines_typed_by_hand_are_not_pasted_ones()
    {
        var line = _rig.AskFor(_rig.ChatPrompt());
        _rig.Type("a");
        _rig.Press("\e\r");
        _rig.Type("b");
        _rig.Press(Enter);

        Assert.Equal(new TypedLine("a\nb"), await line.OrFail());
    }

    [Fact]
    public async Task A_paste_of_one_line_is_as_typed()
    {
        var line = _rig.AskFor(_rig.ChatPrompt());
        _rig.Paste("a\nb");
        _rig.Control('u');
        _rig.Paste("one\n");
        _rig.Press(Enter);

        Assert.Equal(new TypedLine("one"), await line.OrFail());
    }

    [Fact]
    public async Task A_recalled_paste_is_still_one()
    {
        var line = _rig.AskFor(_rig.ChatPrompt());
        _rig.Paste("a\nb");
        _rig.Press(Enter);
        await line.OrFail();

        line = _rig.AskFor(_rig.ChatPrompt());
        _rig.Press(Up, Enter);

        Assert.True((await line.OrFail()).HasPastedLines);
    }

    [Theory]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    public void A_paste_that_does_not_fit_is_refused_whole(int bytes, bool isInserted)
    {
        _ = _rig.Chat();

        _rig.Paste("é" + new string('x', bytes - 2));

        Assert.Equal(isInserted, _rig.LastRow.EndsWith("xxx", StringComparison.Ordinal));
        Assert.Equal(isInserted ? 0 : 1, _rig.Screen.Bells);
        if (isInserted) { return; }
        Assert.Equal(
            ["! The paste is 65,536 bytes long; a message takes 65,535. Nothing was inserted.", ">"],
            _rig.Screen.Rows);
    }

    [Fact]
    public async Task Keys_that_arrive_together_complete_nothing_and_submit_only_at_their_end()
    {
        var line = _rig.AskFor(_rig.ChatPrompt(_ => ["stranger"]));

        _rig.Burst("a\tb\r/quit\r");

        Assert.Equal(new TypedLine("a\tb\n/quit") { HasPastedLines = true }, await line.OrFail());
    }

    [Fact]
    public async Task A_burst_may_come_in_several_reads()
    {
        var line = _rig.AskFor(_rig.ChatPrompt());
        _rig.Press("one\r");
        _rig.Send("t");
        _rig.Send("wo\r");
        Assert.False(line.IsCompleted);

        _rig.Burst("");

        // The last read came within the time; only then was nothing more to come.
        Assert.Equal(new TypedLine("one\ntwo") { HasPastedLines = true }, await line.OrFail());
    }

    [Fact]
    public async Task Questions_take_lines_that_arrive_together_one_by_one()
    {
        var name = _rig.AskFor(LinePrompt.Question("Username: "));
        _rig.Burst("ada\rpw\rhello\ryou\r");
        Assert.Equal("ada", (await name.OrFail()).Text);

        Assert.Equal("pw", (await _rig.AskFor(LinePrompt.Secret("Password: ")).OrFail()).Text);
        Assert.Equal("hello\nyou", (await _rig.AskFor(_rig.ChatPrompt()).OrFail()).Text);
    }

    [Fact]
    public async Task A_question_takes_a_paste_of_one_line_only()
    {
        var name = _rig.AskFor(LinePrompt.Question("Username: "));
        _rig.Paste("ada\nbob");
        Assert.Equal(("Username:", 1), (_rig.LastRow, _rig.Screen.Bells));

        _rig.Paste("ada\n");
        _rig.Press(Enter);

        Assert.Equal("ada", (await name.OrFail()).Text);
    }

    [Fact]
    public async Task A_confirmation_takes_only_keys_pressed_after_it_was_shown()
    {
        _rig.Press("y", Enter);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = _rig.AskFor(LinePrompt.Confirmation("Sure? "));
        _rig.Paste("y");
        _rig.Burst("y\r");
        _rig.Burst("");
        Assert.False(answer.IsCompleted);
        Assert.Equal(
            ["! Type the answer key by key: what is pasted does not count.", "Sure?"], _rig.Screen.Rows);
        Assert.Equal(2, _rig.Screen.Bells); // told once, rung for each

        _rig.Press("n", Enter);

        Assert.Equal("n", (await answer.OrFail()).Text);
    }
}
