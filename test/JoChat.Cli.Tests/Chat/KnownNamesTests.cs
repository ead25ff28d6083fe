using JoChat.Cli.Chat;

namespace JoChat.Cli.Tests.Chat;

public sealed class KnownNamesTests
{
    private readonly KnownNames _names = new();

    public KnownNamesTests()
    {
        _names.Add("Bob");
        _names.Add("bea");
        _names.Add("eve");
    }

    [Theory]
    [InlineData("/q", new[] { "/query", "/quit" })]
    [InlineData("/DEL", new[] { "/delete", "/delete-account" })]
    [InlineData("/msg ", new[] { "bea", "Bob", "eve" })]
    [InlineData("/msg b", new[] { "bea", "Bob" })]
    [InlineData("/query BO", new[] { "Bob" })]
    [InlineData("hello e", new[] { "eve" })]
    [InlineData("hello ", new string[0])]
    [InlineData("", new string[0])]
    [InlineData("/msg bob b", new string[0])]
    [InlineData("/who b", new string[0])]
    [InlineData("//msg b", new[] { "bea", "Bob" })]
    public void Commands_and_names_complete_where_they_fit(string before, string[] expected)
    {
        Assert.Equal(expected, _names.Complete(before));
    }
}
