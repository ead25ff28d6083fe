using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>One session an account; live while it lasts, away when it is over.</summary>
public sealed class OnlineTests : PersistenceTestKit
{
    private readonly TestClock _clock = new(DateTimeOffset.UnixEpoch.AddMilliseconds(1.5));

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task An_account_that_is_online_cannot_begin_another_session_and_is_told_since_when()
    {
        await BeginAsync(Bob, BobSession);
        _clock.Advance(TimeSpan.FromMinutes(1));

        AdaSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: null));

        var refusal = await AdaSession.ExpectMsgAsync<Refused>();
        Assert.Equal(Refusals.AlreadyLoggedIn, refusal with { Since = null });
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1), refusal.Since); // cut to the millisecond
    }

    [Fact]
    public async Task A_session_that_dies_frees_its_account_and_what_it_did_not_receive_waits()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("seen"));
        AdaSession.Send(Persistence, ToBob("not seen"));
        var seen = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event;
        BobSession.Send(Persistence, Delivered(Bob, seen.Id));

        Sys.Stop(BobSession.Ref);

        var again = CreateProbe("again");
        await AwaitAssertAsync(async () => Assert.Equal(1, await BeginAsync(Bob, again)));
        again.Send(Persistence, new FetchUndelivered(0, Bob.Id, new MessageId(long.MaxValue), Limit: 10));
        Assert.Equal("not seen", Assert.Single((await again.ExpectMsgAsync<AwayFetched>()).Messages).Content);
    }

    [Fact]
    public async Task A_live_message_is_not_away_for_the_session_it_came_to()
    {
        await BeginAsync(Ada, AdaSession);
        BobSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: null));
        var liveAfter = (await BobSession.ExpectMsgAsync<SessionBegun>()).LiveAfter;
        AdaSession.Send(Persistence, ToBob("live"));
        await BobSession.ExpectMsgAsync<LiveMessage>();

        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, liveAfter));
        await BobSession.ExpectMsgAsync(new UnreadCounted(0));
        BobSession.Send(Persistence, new ListAndDeliver(0, Bob.Id, liveAfter, DeliversLive: true));
        Assert.Equal("live", Assert.Single((await BobSession.ExpectMsgAsync<DeliveredListed>()).Messages).Content);
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());

        Assert.Equal(0, await BeginAsync(Bob, BobSession)); // it was listed, so it was received
    }

    [Fact]
    public async Task A_command_for_an_account_that_is_not_the_senders_is_refused()
    {
        await BeginAsync(Ada, AdaSession);

        BobSession.Send(Persistence, ToBob("forged"));
        BobSession.Send(Persistence, new RemoveAccount(0, Ada.Id));

        await BobSession.ExpectMsgAsync(Refusals.WrongSender);
        await BobSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.DeleteAccount));
    }

    [Fact]
    public async Task An_account_deleted_while_its_password_was_verified_cannot_begin_a_session()
    {
        await BeginAsync(Bob, BobSession);
        BobSession.Send(Persistence, new RemoveAccount(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new AccountDeleted());

        AdaSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: null));

        await AdaSession.ExpectMsgAsync(Refusals.BadCredentials);
    }

    [Fact]
    public async Task A_reset_revokes_every_session()
    {
        await BeginBothAsync();

        var guest = CreateProbe("guest");
        guest.Send(Persistence, new ResetStore(0));

        await guest.ExpectMsgAsync(new DatabaseReset());
        await AdaSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.AccountDeleted));
        await BobSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.AccountDeleted));
        AdaSession.Send(Persistence, ToBob("too late"));
        await AdaSession.ExpectMsgAsync(Refusals.WrongSender);
    }

    [Fact]
    public async Task Of_the_live_messages_only_those_that_were_listed_count_as_received()
    {
        await BeginAsync(Ada, AdaSession);
        BobSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: null));
        var liveAfter = (await BobSession.ExpectMsgAsync<SessionBegun>()).LiveAfter;
        var large = new string('x', Limits.MaxContentBytes);
        const int Fitting = Limits.MaxListedBytes / (Limits.MaxContentBytes + IChatStore.BytesBesideContent);
        for (var i = 0; i < Fitting + 3; i++) { AdaSession.Send(Persistence, ToBob(large)); }
        for (var i = 0; i < Fitting + 3; i++) { await BobSession.ExpectMsgAsync<LiveMessage>(); }

        BobSession.Send(Persistence, new ListAndDeliver(0, Bob.Id, liveAfter, DeliversLive: true));
        var listed = await BobSession.ExpectMsgAsync<DeliveredListed>();
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());

        Assert.Equal(Fitting, listed.Messages.Length);
        Assert.Equal(3, await BeginAsync(Bob, BobSession));
    }
}
