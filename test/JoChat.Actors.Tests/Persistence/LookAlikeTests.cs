using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Nobody signs up as somebody who could be taken for another.</summary>
public sealed class LookAlikeTests : PersistenceTestKit
{
    private readonly TestClock _clock = new();

    private protected override TimeProvider Time => _clock;

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
    public async Task A_name_that_looks_like_a_held_one_is_refused_until_that_was_held_long_enough()
    {
        await BeginAsync(Bob, BobSession);
        BobSession.Send(Persistence, new RemoveAccount(0, Bob.Id));
        await BobSession.ExpectMsgAsync<AccountDeleted>();

        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        AdaSession.Send(Persistence, NewAccount("BoЬ"));
        await AdaSession.ExpectMsgAsync(Refusals.LookAlike);
        _clock.Advance(TimeSpan.FromSeconds(1));
        AdaSession.Send(Persistence, NewAccount("BoЬ"));

        await AdaSession.ExpectMsgAsync(new SignedUp());
    }

    [Fact]
    public async Task A_name_of_the_skeleton_of_a_held_one_that_looks_otherwise_is_taken()
    {
        AdaSession.Send(Persistence, NewAccount("nell"));
        await AdaSession.ExpectMsgAsync(new SignedUp());
        await BeginAsync(Store.Calls.FindAccount("NELL")!, BobSession);
        BobSession.Send(Persistence, new RemoveAccount(0, Store.Calls.FindAccount("NELL")!.Id));
        await BobSession.ExpectMsgAsync<AccountDeleted>();

        AdaSession.Send(Persistence, NewAccount("NEIL"));

        await AdaSession.ExpectMsgAsync(new SignedUp());
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
