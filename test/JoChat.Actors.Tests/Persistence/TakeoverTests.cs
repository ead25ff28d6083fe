using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Another session takes the account: at one instant, with all that the one before had not received.</summary>
public sealed class TakeoverTests : PersistenceTestKit
{
    private static readonly SessionEnded TakenOver = new(SessionCloseReason.TakenOver);

    [Fact]
    public async Task What_was_not_received_is_away_for_the_new_session_and_late_marks_are_passed_over()
    {
        await BeginBothAsync();
        foreach (var text in new[] { "1", "2", "3" }) { AdaSession.Send(Persistence, ToBob(text)); }
        var first = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event;
        await BobSession.ExpectMsgAsync<LiveMessage>();
        var third = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event;
        BobSession.Send(Persistence, Delivered(Bob, first.Id));
        await FenceAsync();

        var other = CreateProbe("other");
        var away = await BeginAsync(Bob, other, takeover: true);
        BobSession.Send(Persistence, Delivered(Bob, third.Id));
        other.Send(Persistence, new ReadUndelivered(Bob.Id, default, 10, 10_000));

        Assert.Equal(2, away);
        Assert.Equal(2, (await other.ExpectMsgAsync<UndeliveredRead>()).Messages.Count);
        await BobSession.ExpectMsgAsync(TakenOver);
    }

    [Fact]
    public async Task New_messages_go_to_the_new_session_alone()
    {
        await BeginBothAsync();
        var other = CreateProbe("other");
        await BeginAsync(Bob, other, takeover: true);

        AdaSession.Send(Persistence, ToBob("hi"));

        await other.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync(TakenOver);
        Assert.False(BobSession.HasMessages);
    }

    [Fact]
    public async Task What_the_old_session_still_asks_is_refused_and_never_done()
    {
        await BeginAsync(Ada, AdaSession);
        var other = CreateProbe("other");
        await BeginAsync(Ada, other, takeover: true);
        await AdaSession.ExpectMsgAsync(TakenOver);

        AdaSession.Send(Persistence, ToBob("too late"));
        AdaSession.Send(Persistence, new EndSession(0, Ada.Id));
        AdaSession.Send(Persistence, new ChangeFeatures(Ada.Id, Features.Typing));
        AdaSession.Send(Persistence, new FindPresent(0, Ada.Id, ["BOB"], AndWatch: true));

        await AdaSession.ExpectMsgAsync(Refusals.WrongSender);
        await AdaSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.LogOut));
        await AdaSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.AskPresence));
        other.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await other.ExpectMsgAsync<UnreadCounted>(); // it has the account still
    }

    [Fact]
    public async Task The_death_of_the_old_session_does_not_take_the_account_from_the_new_one()
    {
        await BeginBothAsync();
        var other = CreateProbe("other");
        await BeginAsync(Bob, other, takeover: true);

        Watch(BobSession.Ref);
        Sys.Stop(BobSession.Ref);
        await ExpectTerminatedAsync(BobSession.Ref);
        await FenceAsync();
        AdaSession.Send(Persistence, ToBob("hi"));

        await other.ExpectMsgAsync<LiveMessage>();
    }

    [Fact]
    public async Task A_token_whose_client_does_not_want_to_take_over_is_refused_while_the_account_is_online()
    {
        var hash = await BeginKeptAsync(Ada, AdaSession);
        var other = CreateProbe("other");

        other.Send(Persistence, new ResumeSession(0, await UseAsync(other, hash), Features.None, Takeover: false));

        var refusal = Assert.IsType<Refused>((await other.ExpectMsgAsync<Answered>()).Response);
        Assert.Equal((Operation.Resume, ErrorCode.AlreadyLoggedIn), (refusal.Operation, refusal.Code));
        Assert.NotNull(refusal.Since);
        Assert.False(AdaSession.HasMessages);
    }

    [Fact]
    public async Task A_token_takes_over_and_a_failing_store_leaves_everything_as_it_was()
    {
        var hash = await BeginKeptAsync(Ada, AdaSession);
        var other = CreateProbe("other");
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        other.Send(Persistence, new BeginSession(0, Ada, "better") { Takeover = true });
        await other.ExpectMsgAsync<StoreFailed>();
        Store.BeforeCommit = () => { };
        Assert.False(AdaSession.HasMessages);

        other.Send(Persistence, new ResumeSession(0, await UseAsync(other, hash), Features.None));

        Assert.Equal(Ada.Id, (await other.ExpectMsgAsync<SessionBegun>()).Account.Id);
        await AdaSession.ExpectMsgAsync(TakenOver);
    }
}
