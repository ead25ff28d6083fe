using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Nobody signs up as somebody who could be taken for another.</summary>
public sealed class LookAlikeTests : PersistenceTestKit
{
    [Theory]
    [InlineData("BoЬ")] // not only letters of one script: also what came before the rules is compared
    [InlineData("B0b")]
    [InlineData("B0B")]
    [InlineData("ᗷob")]
    [InlineData("ＢＯＢ")]
    public async Task A_name_that_looks_like_an_account_s_is_refused(string name)
    {
        AdaSession.Send(Persistence, NewAccount(name));

        await AdaSession.ExpectMsgAsync(Refusals.LookAlike);
    }

    [Fact]
    public async Task A_name_of_the_same_skeleton_that_looks_otherwise_is_taken()
    {
        foreach (var name in (string[])["nell", "NEIL", "nelI"])
        {
            AdaSession.Send(Persistence, NewAccount(name));
            await AdaSession.ExpectMsgAsync(name is "nelI" ? Refusals.LookAlike : (object)new SignedUp());
        }
    }

    [Fact]
    public async Task Of_very_many_names_of_one_skeleton_no_more_are_taken()
    {
        for (var number = 0; number < 128; number++)
        {
            // What is i and what l: all differ, and nobody tells them apart.
            var name = Convert.ToString(number, 2).PadLeft(7, '0').Replace('0', 'i').Replace('1', 'l');
            AdaSession.Send(Persistence, NewAccount(name));
            await AdaSession.ExpectMsgAsync(number < 100 ? new SignedUp() : (object)Refusals.LookAlike);
        }
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
