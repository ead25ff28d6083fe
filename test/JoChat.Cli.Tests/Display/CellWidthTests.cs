using JoChat.Cli.Display;

namespace JoChat.Cli.Tests.Display;

public sealed class CellWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)] // e and a mark
    [InlineData("你好", 4)]
    [InlineData("ｆ", 2)]
    [InlineData("한글", 4)]
    [InlineData("😀", 2)]
    [InlineData("👩‍🚀", 2)] // three characters joined into one picture
    [InlineData("❤️", 2)]
    [InlineData("שלום", 4)]
    [InlineData("\u0E01\u0E33", 2)] // Thai: SARA AM stands beside its letter, though in one element with it
    [InlineData("\u0E81\u0EB3", 2)] // Lao
    [InlineData("\u0915\u093E", 2)] // Devanagari
    [InlineData("\u0BA4\u0BCA", 2)] // Tamil
    [InlineData("\u1100\u1161\u11A8", 2)] // a syllable of three jamo
    [InlineData("\u1100\u1100", 4)] // two first jamo do not join
    [InlineData("🇩🇪", 2)]
    [InlineData("🇩", 1)]
    [InlineData("👍🏽", 2)]
    [InlineData("👨‍👩‍👧‍👦", 2)]
    [InlineData("\e[36mab\e[0m", 2)] // colours take none
    public void A_text_takes_the_columns_that_terminals_give_it(string text, int columns)
    {
        Assert.Equal(columns, CellWidth.Of(text));
    }
}
