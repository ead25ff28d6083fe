using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What list_accounts asks the store.</summary>
public sealed class NamePatternTests
{
    [Theory]
    [InlineData("ada", "%ADA%")]
    [InlineData("a*", "A%")]
    [InlineData("a%", "A%")]
    [InlineData("a?", "A_")]
    [InlineData("a_", "A_")]
    [InlineData(@"test\_u", @"%TEST\_U%")]
    [InlineData(@"test\_*", @"TEST\_%")]
    [InlineData(@"100\%", @"%100\%%")]
    [InlineData(@"a\*b", "%A*B%")]
    [InlineData(@"a\?*", "A?%")]
    [InlineData(@"a\\b", @"%A\\B%")]
    [InlineData(@"a\\*", @"A\\%")] // the escape is escaped, the wildcard is one
    [InlineData(@"a\\\*", @"%A\\*%")]
    [InlineData(@"a\b", @"%A\\B%")] // as before there was an escape
    [InlineData(@"a\", @"%A\\%")]
    [InlineData("\0\uFFFE", "%\uFFFF\uFFFF%")]
    public void A_wildcard_is_taken_literally_behind_a_backslash(string pattern, string expected)
    {
        Assert.Equal(expected, NamePattern.Parse(pattern).KeyPattern);

        Assert.True(Username.TryParse("ada", out var ada, out _));
        var login = new SessionLogin(default, ada.Text, default, Token: null);
        var asked = RequestRules.Judge(
            new ListAccounts(pattern, 0, 10), 1, login, Features.None, new SessionOptions());
        Assert.Equal(new FindAccounts(1, expected, 0, 10), asked);
    }
}
