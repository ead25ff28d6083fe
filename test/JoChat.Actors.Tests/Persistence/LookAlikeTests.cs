using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Nobody signs up as somebody who could be taken for another.</summary>
public sealed class LookAlikeTests : PersistenceTestKit
{
    [Theory]
    [InlineData("BoЬ")] // not only letters of one script: also what came before the rules is compared
    [InlineData("B0b")]
    [InlineData("ᗷob")]
    [InlineData("ＢＯＢ")]
    public async Task A_name_that_looks_like_an_account_s_is_refused(string name)
    {
        AdaSession.Send(Persistence, NewAccount(name));

        await AdaSession.ExpectMsgAsync(Refusals.LookAlike);
    }

    [Fact]
    public async Task The_same_name_is_taken_and_not_a_look_alike()
    {
        AdaSession.Send(Persistence, NewAccount("bOB"));

        await AdaSession.ExpectMsgAsync(Refusals.UsernameTaken);
    }

    [Fact]
    public async Task Of_two_that_sign_up_at_once_the_first_is_taken()
    {
        AdaSession.Send(Persistence, NewAccount("paul"));
        BobSession.Send(Persistence, NewAccount("pauI"));

        await AdaSession.ExpectMsgAsync(new SignedUp());
        await BobSession.ExpectMsgAsync(Refusals.LookAlike);
    }
}
