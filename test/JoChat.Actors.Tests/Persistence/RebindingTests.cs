using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Sessions that had their accounts at a writer before have them again, or are told why not.</summary>
public sealed class RebindingTests : PersistenceTestKit
{
    private const Features Listening = Features.Side | Features.Push;

    private readonly TestClock _clock = new();

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task Who_binds_again_gets_what_is_live()
    {
        await BeginAsync(Ada, AdaSession);

        await RebindAsync(BobSession, LoginOf(Bob));
        AdaSession.Send(Persistence, ToBob("hi"));

        Assert.Equal("hi", (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Content);
    }

    [Fact]
    public async Task A_session_that_has_logged_in_here_stays_whatever_the_clocks_say()
    {
        await BeginAsync(Bob, BobSession);
        var other = CreateProbe("other");

        other.Send(Persistence, Rebind(LoginOf(Bob, since: _clock.GetUtcNow().AddHours(1))));

        await other.ExpectMsgAsync(new RebindRefused(0, SessionCloseReason.TakenOver));
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, default));
        await BobSession.ExpectMsgAsync<UnreadCounted>();
    }

    [Fact]
    public async Task Of_two_that_come_from_a_writer_before_the_later_has_the_account()
    {
        var (first, second, third) = (CreateProbe("first"), CreateProbe("second"), CreateProbe("third"));
        var since = _clock.GetUtcNow();
        await RebindAsync(second, LoginOf(Bob, since.AddMilliseconds(2)));

        first.Send(Persistence, Rebind(LoginOf(Bob, since.AddMilliseconds(1))));
        await RebindAsync(third, LoginOf(Bob, since.AddMilliseconds(3)));

        await first.ExpectMsgAsync(new RebindRefused(0, SessionCloseReason.TakenOver));
        await second.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));
    }

    [Fact]
    public async Task A_take_over_is_later_than_the_session_before_though_the_clock_goes_back()
    {
        BobSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: null));
        var before = await BobSession.ExpectMsgAsync<SessionBegun>();
        var other = CreateProbe("other");

        other.Send(Persistence, new BeginSession(0, Bob, BetterHash: null) { Takeover = true });

        Assert.True((await other.ExpectMsgAsync<SessionBegun>()).Since > before.Since);
    }

    [Fact]
    public async Task A_better_hash_is_no_change_of_the_password()
    {
        BobSession.Send(Persistence, new BeginSession(0, Bob, BetterHash: "better"));
        var login = SessionLogin.Of(await BobSession.ExpectMsgAsync<SessionBegun>());
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());

        await RebindAsync(BobSession, login);
    }

    [Fact]
    public async Task Side_sessions_have_the_places_that_are_free_and_each_its_own_again()
    {
        var since = _clock.GetUtcNow();
        for (var place = 0; place < Limits.MaxSideSessions; place++)
        {
            await RebindAsync(CreateProbe(), LoginOf(Bob, since.AddMilliseconds(place)), Listening);
        }
        var (itself, other) = (CreateProbe(), CreateProbe());

        await RebindAsync(itself, LoginOf(Bob, since), Listening);
        other.Send(Persistence, Rebind(LoginOf(Bob, since.AddDays(1)), Listening));

        await other.ExpectMsgAsync(new RebindRefused(0, SessionCloseReason.TakenOver));
    }

    [Fact]
    public async Task The_newest_message_is_told_to_side_sessions_that_listen()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("1"));
        AdaSession.Send(Persistence, ToBob("2"));
        var first = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;
        var newest = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;
        BobSession.Send(Persistence, Delivered(Bob, first));

        var since = _clock.GetUtcNow().AddDays(1);
        Assert.Equal(new MessageId(newest), (await RebindAsync(CreateProbe(), LoginOf(Bob, since), Listening)).Newest);
        Assert.Null((await RebindAsync(CreateProbe(), LoginOf(Bob, since.AddDays(1)), Features.Side)).Newest);
        Assert.Null((await RebindAsync(CreateProbe(), LoginOf(Ada, since), Listening)).Newest);
    }

    [Fact]
    public async Task What_was_delivered_at_the_writer_before_is_delivered()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("1"));
        var id = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());

        BobSession.Send(Persistence, Rebind(LoginOf(Bob)) with { DeliveredThrough = new MessageId(id) });
        await BobSession.ExpectMsgAsync<SessionRebound>();

        Assert.Equal(0, await BeginAsync(Bob, CreateProbe(), takeover: true));
    }

    [Fact]
    public async Task Among_contacts_a_stranger_is_not_watched_again_and_who_blocks_is_absent()
    {
        await BeginBothAsync();
        var contacts = new WatchAgain(0, Ada.Id, ["BOB", "NOBODY"], OnlyContacts: true);
        AdaSession.Send(Persistence, contacts);
        await AdaSession.ExpectMsgAsync<PresenceOf>();
        AdaSession.Send(Persistence, ToBob("now they are"));
        await AdaSession.ExpectMsgAsync<MessageStored>();

        AdaSession.Send(Persistence, contacts);
        await AdaSession.ExpectMsgAsync(new DeliverEvent(new PresenceChanged("Bob", IsOnline: true)));
        await AdaSession.ExpectMsgAsync<PresenceOf>();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        BobSession.Send(Persistence, new BlockAccount(0, Bob.Id, "Bob", "ADA"));
        await BobSession.ExpectMsgAsync<Answered>();
        AdaSession.Send(Persistence, contacts);

        await AdaSession.ExpectMsgAsync(new DeliverEvent(new PresenceChanged("Bob", IsOnline: false)));
    }

    private async Task<SessionRebound> RebindAsync(
        NumberedProbe session, SessionLogin login, Features features = Features.None)
    {
        session.Send(Persistence, Rebind(login, features));
        return await session.ExpectMsgAsync<SessionRebound>();
    }

    private static RebindSession Rebind(SessionLogin login, Features features = Features.None) =>
        new(0, login, features, DeliveredThrough: null);

    private SessionLogin LoginOf(Account account, DateTimeOffset? since = null) => SessionLogin.Of(
        new SessionBegun(0, account, default, UndeliveredCount: 0) { Since = since ?? _clock.GetUtcNow().AddHours(-1) });
}
