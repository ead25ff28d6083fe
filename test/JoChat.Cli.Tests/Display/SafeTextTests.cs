using JoChat.Cli.Display;

namespace JoChat.Cli.Tests.Display;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("\e[2J", @"\x1B[2J")] // would clear the screen
    [InlineData("a\rb", @"a\rb")]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("a\tb", @"a\tb")]
    [InlineData("\0", @"\x00")]
    [InlineData("\x7F", @"\x7F")]
    [InlineData("\u009B31m", @"\x9B31m")] // the one-character form of ESC [
    [InlineData("\u202Egnp", @"\u202Egnp")] // right-to-left override
    [InlineData("\u2066a\u2069", @"\u2066a\u2069")] // bidi isolates
    [InlineData("\u061C", @"\u061C")] // Arabic letter mark
    [InlineData("a\u200Bb", @"a\u200Bb")] // zero width space
    [InlineData("\u2028", @"\u2028")]
    [InlineData("\uE000", @"\uE000")]
    [InlineData("\U000E0041", @"\U000E0041")] // an invisible tag character
    [InlineData("\uFEFF", @"\uFEFF")]
    public void What_could_deceive_or_move_the_cursor_is_escaped(string text, string expected)
    {
        Assert.Equal(expected, SafeText.Of(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 你好, שלום")]
    [InlineData("👩‍🚀 ❤️ e\u0301")]
    [InlineData("می\u200Cخواهم")] // a joiner that Persian is written with
    [InlineData(@"C:\path ¯\_(ツ)_/¯")]
    public void What_people_write_stays_as_it_is(string text)
    {
        Assert.Equal(text, SafeText.Of(text));
    }

    [Theory]
    [InlineData(8, "")]
    [InlineData(9, "…")]
    [InlineData(500, "…")]
    public void Of_the_marks_on_a_character_eight_are_shown(int marks, string rest)
    {
        Assert.Equal(
            "a" + new string('\u0301', 8) + rest + "b", SafeText.Of("a" + new string('\u0301', marks) + "b").Replace(
                new string('\u0301', Math.Min(marks, 8)), new string('\u0301', 8), StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_keep_their_newlines_and_tabs_as_blanks_and_nothing_else()
    {
        Assert.Equal("a\nb\\r    \\x1B", SafeText.Lines("a\nb\r\t\e"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_escaped()
    {
        Assert.Equal(@"a\uD83Db\uDE00", SafeText.Of("a\uD83Db\uDE00"));
    }

    [Fact]
    public void Nothing_unsafe_passes_whatever_the_character()
    {
        for (var value = 0; value <= char.MaxValue; value++)
        {
            var safe = SafeText.Of(((char)value).ToString());
            Assert.DoesNotContain(
                safe, one => char.IsControl(one) || char.IsSurrogate(one) || one is '\u202E' or '\u2066');
        }
    }
}
