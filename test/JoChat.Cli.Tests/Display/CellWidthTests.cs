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
    public void A_text_takes_the_columns_that_terminals_give_it(string text, int columns)
    {
        Assert.Equal(columns, CellWidth.Of(text));
    }
}
