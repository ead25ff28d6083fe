namespace JoChat.Protocol.Tests;

public sealed class UsernameTests
{
    private const string LengthFault = "Username must be 1 to 64 characters.";

    [Theory]
    [InlineData("x", 1)]
    [InlineData("x", 64)]
    [InlineData("😀", 64)] // two UTF-16 units each
    [InlineData("é", 64)]
    [InlineData("e\u0301", 64)] // composes to one character
    [InlineData("\u01D5", 64)]
    [InlineData("U\u0308\u0304", 64)] // composes twice, to U+01D5
    [InlineData("\u0958", 32)] // has no composed form: each becomes two characters
    public void A_name_is_one_to_64_characters_after_normalisation(string character, int count)
    {
        var isName = Username.TryParse(Repeat(character, count), out var name, out var fault);

        Assert.True(isName, fault);
        Assert.Null(fault);
        Assert.NotNull(name);
    }

    [Theory]
    [InlineData("x", 0)]
    [InlineData("x", 65)]
    [InlineData("😀", 65)]
    [InlineData("e\u0301", 65)]
    [InlineData("\u0958", 33)]
    [InlineData("x", 1_000_000)]
    [InlineData("\u0301", 1_000_000)]
    public void A_name_of_another_length_is_refused(string character, int count) =>
        AssertRefused(Repeat(character, count), LengthFault);

    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("Ada_L.", "Ada_L.")]
    [InlineData("Zoe\u0301", "Zo\u00E9")]
    [InlineData("日本", "日本")]
    [InlineData("\u212A", "K")] // the Kelvin sign is the letter, canonically
    public void A_name_is_shown_as_it_came_but_composed(string text, string shown)
    {
        Assert.True(Username.TryParse(text, out var name, out _));

        Assert.Equal(shown, name.Text);
        Assert.Equal(shown, name.ToString());
    }

    [Theory]
    [InlineData("a\0b", "0000")]
    [InlineData("a\nb", "000A")]
    [InlineData("a\u007F", "007F")]
    [InlineData("a\u0085", "0085")]
    [InlineData(" ada", "0020")]
    [InlineData("ada ", "0020")]
    [InlineData("a\u00A0b", "00A0")]
    [InlineData("a\u3000b", "3000")]
    [InlineData("a\u2028b", "2028")] // line separator
    [InlineData("a\u2029b", "2029")] // paragraph separator
    [InlineData("a\u00ADb", "00AD")] // soft hyphen
    [InlineData("a\u200Bb", "200B")] // zero width space
    [InlineData("a\u200Db", "200D")] // zero width joiner
    [InlineData("\u202Eada", "202E")] // right-to-left override
    [InlineData("\u2066ada\u2069", "2066")] // bidi isolate
    [InlineData("\uFEFFada", "FEFF")]
    [InlineData("ada\uFE0F", "FE0F")] // variation selector
    [InlineData("a\u034Fda", "034F")] // combining grapheme joiner
    [InlineData("\u3164", "3164")] // a letter, but blank
    [InlineData("\u2800", "2800")] // a symbol, but blank
    [InlineData("a\U000E0061", "E0061")] // tag
    [InlineData("a\U000E0101", "E0101")] // variation selector supplement
    [InlineData("a\uFFFF", "FFFF")] // noncharacter
    [InlineData("a\u0378", "0378")] // not assigned
    public void A_character_that_shows_nothing_or_turns_the_text_is_refused_by_its_number(string text, string number) =>
        AssertRefused(text, $"Username must not contain the character U+{number}.");

    [Fact]
    public void A_lone_surrogate_is_refused() // no Theory: an attribute cannot hold one
    {
        AssertRefused("a\uD800", "Username must be valid Unicode.");
        AssertRefused("\uDC00a", "Username must be valid Unicode.");
        AssertRefused("\uDE00\uD83D", "Username must be valid Unicode.");
    }

    [Theory]
    [InlineData("ada", "ADA")]
    [InlineData("zoé", "ZOE\u0301")]
    [InlineData("kelvin", "\u212Aelvin")]
    [InlineData("ΟΔΟΣ", "οδος")] // the final sigma
    [InlineData("οδοσ", "οδος")]
    [InlineData("\u01C6", "\u01C5")] // a letter that also has a title case
    [InlineData("gro\u00DF", "GRO\u1E9E")] // the capital sharp s
    [InlineData("\u03B8", "\u03F4")] // the capital theta symbol
    [InlineData("\U00010428", "\U00010400")] // Deseret, beyond the basic plane
    public void Names_that_differ_in_case_alone_are_the_same(string one, string other)
    {
        Assert.True(Username.TryParse(one, out var first, out _));
        Assert.True(Username.TryParse(other, out var second, out _));

        Assert.Equal(first.Key, second.Key);
        Assert.Equal(first.Key, Username.Fold(other));
        Assert.Equal(first.Key, Username.Fold(first.Key));
    }

    [Theory]
    [InlineData("ada", "adа")] // the last letter is Cyrillic
    [InlineData("zoe", "zoé")]
    [InlineData("i", "ı")]
    public void Names_that_differ_in_more_than_case_are_two(string one, string other)
    {
        Assert.True(Username.TryParse(one, out var first, out _));
        Assert.True(Username.TryParse(other, out var second, out _));

        Assert.NotEqual(first.Key, second.Key);
    }

    private static void AssertRefused(string text, string expected)
    {
        var isName = Username.TryParse(text, out var name, out var fault);

        Assert.False(isName);
        Assert.Null(name);
        Assert.Equal(expected, fault);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
