using System.Text.Json;

namespace JoChat.Gateway.Tests;

/// <summary>What an operator is shown of names, which may hold anything.</summary>
public sealed class EscapedTextTests
{
    [Theory]
    [InlineData("\u001B", "\\u001B")] // which begins what a terminal obeys
    [InlineData("\u202E", "\\u202E")] // turns what follows
    [InlineData("\u200D", "\\u200D")]
    [InlineData("\u3164", "\\u3164")] // a letter that shows nothing
    [InlineData("\uFE0F", "\\uFE0F")]
    [InlineData("\U000E0041", "\\uDB40\\uDC41")] // a tag, above U+FFFF
    [InlineData("\U000E0100", "\\uDB40\\uDD00")]
    public void What_is_hidden_is_escaped_everywhere(string hidden, string escaped)
    {
        Assert.Equal($"a{escaped}b", AdminJson.Printable($"a{hidden}b"));
        Assert.Equal($"\"a{escaped}b\"", JsonSerializer.Serialize($"a{hidden}b", AdminJson.Options));
        Assert.Equal($"\"a{escaped}b\"", ImportJson.Quote($"a{hidden}b"));
    }

    [Theory]
    [InlineData("zo\u00EB")]
    [InlineData("\u540D\u524D")]
    [InlineData("a b")]
    public void What_people_read_stands_as_it_is(string name)
    {
        Assert.Equal(name, AdminJson.Printable(name));
        Assert.Equal($"\"{name}\"", JsonSerializer.Serialize(name, AdminJson.Options));
        Assert.Equal($"\"{name}\"", ImportJson.Quote(name));
    }

    [Fact]
    public void Marks_that_change_the_letter_before_them_are_escaped_where_names_are_compared()
    {
        Assert.Equal("e\u0301", AdminJson.Printable("e\u0301"));
        Assert.Equal("\"e\\u0301\"", ImportJson.Quote("e\u0301"));
    }
}
