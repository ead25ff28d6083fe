using JoChat.Cli.Terminals;

namespace JoChat.Cli.Tests.Terminals;

/// <summary>How a line is broken into rows.</summary>
public sealed class ScreenRowsTests
{
    [Fact]
    public void Words_stay_whole_and_stand_under_the_text()
    {
        Assert.Equal(
            ["[12:00] bob: one two three ", "             four five"],
            Rows(new ScreenLine("[12:00] bob: ", "one two three four five"), 34));
    }

    [Fact]
    public void A_newline_begins_a_row_that_is_indented()
    {
        Assert.Equal(["bob: a", "     * Logged in", "     b"], Rows(new ScreenLine("bob: ", "a\n* Logged in\nb"), 80));
    }

    [Theory]
    [InlineData("0123456789012345678901234567890123456789", "")] // a long word
    [InlineData("a                                        b", "")] // a long blank
    [InlineData("\n\n\nx", "")]
    [InlineData("你你你你你你你你你你你你你你你你你你你你", "")]
    [InlineData("one two", "read")]
    public void No_row_but_the_first_begins_in_column_0_and_none_reaches_the_edge(string body, string sign)
    {
        var rows = Rows(new ScreenLine("bob: ", body, sign), 24);

        Assert.All(rows.Skip(1), row => Assert.StartsWith("     ", row, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.InRange(JoChat.Cli.Display.CellWidth.Of(row), 0, 23));
    }

    [Fact]
    public void A_head_wider_than_half_leaves_room_for_the_text()
    {
        Assert.Equal(
            ["[12:00] somebody: ", "    text that goes ", "    on"],
            Rows(new ScreenLine("[12:00] somebody: ", "text that goes on"), 25));
    }

    [Fact]
    public void Whatever_the_sign_a_line_takes_as_many_rows()
    {
        for (var length = 1; length < 60; length++)
        {
            var body = string.Concat(Enumerable.Repeat("abc de ", 9))[..length];
            string[] signs = ["", "…", "✓", "✓✓", "read"];
            Assert.Single(signs.Select(sign => Rows(new ScreenLine("bob: ", body, sign), 30).Count).Distinct());
        }
    }

    [Fact]
    public void Colours_take_no_columns()
    {
        Assert.Equal(["\e[36mbob\e[0m: one two"], Rows(new ScreenLine("\e[36mbob\e[0m: ", "one two"), 24));
    }

    private static IReadOnlyList<string> Rows(ScreenLine line, int columns) => ScreenRows.Of(line, columns);
}
