using JoChat.Protocol;
using JoChat.Storage;

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
        var login = new SessionLogin(default, ada.Text, default, Kept: null);
        var asked = RequestRules.Judge(
            new ListAccounts(pattern, 0, 10), 1, login, Features.None, new SessionOptions());
        Assert.Equal(new FindAccounts(1, new AccountListing(expected, 0, 10)), asked);
    }

    [Fact]
    public void A_directory_of_exact_names_answers_to_a_whole_name_alone()
    {
        var login = new SessionLogin(default, "ada", default, Kept: null);
        object Asked(string pattern, SessionLogin? asker, AccountDirectory directory)
        {
            var options = new SessionOptions { Directory = directory, AllowAnonymousListing = true };
            var list = new ListAccounts(pattern, 0, 10);
            return asker is null
                ? RequestRules.JudgeGuests(list, 1, options)
                : RequestRules.Judge(list, 1, asker, Features.None, options);
        }

        foreach (var (asker, directory) in ((SessionLogin?, AccountDirectory)[])
            [(login, AccountDirectory.Exact), (null, AccountDirectory.Exact), (null, AccountDirectory.Contacts)])
        {
            Assert.Equal(new FindAccounts(1, new AccountListing(@"TEST\_U", 0, 10)), Asked(@"test\_u", asker, directory));
            Assert.Empty(Assert.IsType<AccountsListed>(Asked("*", asker, directory)).Users);
            Assert.Empty(Assert.IsType<AccountsListed>(Asked("test_u", asker, directory)).Users);
        }
        Assert.Equal(
            new FindContacts(1, login.Id, "ada", @"%TEST\_U%", "TEST_U", 0, 10),
            Asked(@"test\_u", login, AccountDirectory.Contacts));
        Assert.Equal(
            new FindContacts(1, login.Id, "ada", "B%", "", 0, 10), Asked("b*", login, AccountDirectory.Contacts));
    }
}
