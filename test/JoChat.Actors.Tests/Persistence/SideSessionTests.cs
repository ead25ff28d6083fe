using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Sessions beside the account's own: they do everything and change nothing for it.</summary>
public sealed class SideSessionTests : PersistenceTestKit
{
    private const Features Listening = Features.Side | Features.Push;
    private static readonly SessionEnded Deleted = new(SessionCloseReason.AccountDeleted);

    [Fact]
    public async Task It_begins_beside_the_accounts_own_session_and_ends_nobodys()
    {
        await BeginBothAsync();
        var (side, other) = (CreateProbe("side"), CreateProbe("other"));

        await BeginAsync(Bob, side, Features.Side);
        await BeginAsync(Bob, other, Features.Side, takeover: true);
        AdaSession.Send(Persistence, ToBob("hi"));

        await BobSession.ExpectMsgAsync<LiveMessage>();
        Assert.False(side.HasMessages || other.HasMessages);
    }

    [Fact]
    public async Task A_token_begins_one_too()
    {
        var hash = await BeginKeptAsync(Bob, BobSession);
        var side = CreateProbe("side");

        side.Send(Persistence, new ResumeSession(0, await UseAsync(side, hash), Features.Side));

        Assert.Equal(new MessageId(long.MaxValue), (await side.ExpectMsgAsync<SessionBegun>()).LiveAfter);
        await FenceAsync();
        Assert.False(BobSession.HasMessages);
    }

    [Fact]
    public async Task It_does_not_stand_in_the_way_of_the_accounts_own_session_nor_is_it_taken_over()
    {
        var (side, again) = (CreateProbe("side"), CreateProbe("again"));
        await BeginAsync(Bob, side, Features.Side);
        await BeginAsync(Bob, BobSession);
        await BeginAsync(Bob, again, takeover: true);
        await BobSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));

        side.Send(Persistence, new StoreMessage(0, Bob.Id, "Bob", "ADA", "still here"));

        await side.ExpectMsgAsync(new MessageStored());
    }

    [Fact]
    public async Task It_makes_no_message_live_and_all_that_are_undelivered_are_away_for_it()
    {
        var side = CreateProbe("side");
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, side, Features.Side);
        AdaSession.Send(Persistence, ToBob("sent beside it"));
        await AdaSession.ExpectMsgAsync<MessageStored>();

        Assert.Equal(1, await BeginAsync(Bob, BobSession));
        AdaSession.Send(Persistence, ToBob("live"));
        await BobSession.ExpectMsgAsync<LiveMessage>();

        side.Send(Persistence, new CountUndelivered(0, Bob.Id, BehindAll));
        await side.ExpectMsgAsync(new UnreadCounted(2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_it_has_delivered_is_pushed_to_the_accounts_own_session_all_the_same(bool isFetched)
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("pushed before"));
        var first = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;
        foreach (var text in new[] { "1", "2", "3" }) { AdaSession.Send(Persistence, ToBob(text)); }
        for (var i = 0; i < 3; i++) { await BobSession.ExpectMsgAsync<LiveMessage>(); } // it has no room for them
        BobSession.Send(Persistence, Delivered(Bob, first));
        var side = CreateProbe("side");
        await BeginAsync(Bob, side, Features.Side);

        await DeliverAsync(side, through: first + 2, isFetched);
        await DeliverAsync(side, through: first + 3, isFetched);

        BobSession.Send(Persistence, new ReadUndelivered(Bob.Id, default, 2, 10_000));
        Assert.Equal(["1", "2"], Contents(await BobSession.ExpectMsgAsync<UndeliveredRead>()));
        BobSession.Send(Persistence, new ReadUndelivered(Bob.Id, new MessageId(first + 2), 2, 10_000));
        Assert.Equal(["3"], Contents(await BobSession.ExpectMsgAsync<UndeliveredRead>()));
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());
        Assert.Equal(0, await BeginAsync(Bob, BobSession));
        BobSession.Send(Persistence, new ReadUndelivered(Bob.Id, default, 2, 10_000));
        Assert.Empty((await BobSession.ExpectMsgAsync<UndeliveredRead>()).Messages);
    }

    [Fact]
    public async Task Receipts_of_what_it_marks_go_to_every_session_of_the_sender_that_cares()
    {
        var (adasSide, quiet, bobsSide) = (CreateProbe("adas"), CreateProbe("quiet"), CreateProbe("bobs"));
        await BeginAsync(Ada, AdaSession, Features.Receipts);
        await BeginAsync(Ada, adasSide, Features.Side | Features.Receipts);
        await BeginAsync(Ada, quiet, Features.Side);
        await BeginAsync(Bob, bobsSide, Features.Side);
        AdaSession.Send(Persistence, ToBob("1"));
        AdaSession.Send(Persistence, ToBob("2"));
        await AdaSession.ReceiveAsync(2);

        bobsSide.Send(Persistence, new MarkInboxDelivered(0, Bob.Id, new MessageId(1)));
        await bobsSide.ExpectMsgAsync(new MarkedDelivered());
        bobsSide.Send(Persistence, new MarkConversationRead(0, Bob.Id, "Bob", "ADA", new MessageId(1)));
        await bobsSide.ExpectMsgAsync(new MarkedRead());

        foreach (var session in new[] { AdaSession, adasSide })
        {
            await ExpectReceiptAsync(session, ReceiptKind.Delivered);
            await ExpectReceiptAsync(session, ReceiptKind.Read);
        }
        await FenceAsync();
        Assert.False(quiet.HasMessages);
    }

    [Fact]
    public async Task A_mark_never_rises_above_the_newest_message()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("1"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
        var side = CreateProbe("side");
        await BeginAsync(Bob, side, Features.Side);

        foreach (var through in new[] { long.MaxValue, 0, -1 })
        {
            side.Send(Persistence, new MarkInboxDelivered(0, Bob.Id, new MessageId(through)));
            await side.ExpectMsgAsync(new MarkedDelivered());
        }
        AdaSession.Send(Persistence, ToBob("2"));
        await AdaSession.ExpectMsgAsync<MessageStored>();

        side.Send(Persistence, new CountUndelivered(0, Bob.Id, BehindAll));
        await side.ExpectMsgAsync(new UnreadCounted(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_account_deleted_in_one_session_is_gone_for_all(bool isDeletedBeside)
    {
        var (side, other) = (CreateProbe("side"), CreateProbe("other"));
        await BeginBothAsync();
        await BeginAsync(Bob, side, Features.Side);
        await BeginAsync(Bob, other, Listening);
        AdaSession.Send(Persistence, new FindPresent(0, Ada.Id, ["BOB"], AndWatch: true));
        await AdaSession.ExpectMsgAsync<PresenceOf>();
        var (deleter, bystander) = isDeletedBeside ? (side, BobSession) : (BobSession, side);

        deleter.Send(Persistence, new RemoveAccount(0, Bob.Id));

        await deleter.ExpectMsgAsync(new AccountDeleted());
        await bystander.ExpectMsgAsync(Deleted);
        await other.ExpectMsgAsync(Deleted);
        await AdaSession.ExpectMsgAsync(News(isOnline: false));
        bystander.Send(Persistence, new CountUndelivered(0, Bob.Id, BehindAll));
        await bystander.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
    }

    [Fact]
    public async Task A_reset_ends_side_sessions_too()
    {
        var side = CreateProbe("side");
        await BeginAsync(Bob, side, Features.Side);

        AdaSession.Send(Persistence, new ResetStore(0));

        await side.ExpectMsgAsync(Deleted);
    }

    [Fact]
    public async Task An_account_has_only_so_many_and_one_that_ends_makes_room()
    {
        var hash = await BeginKeptAsync(Bob, CreateProbe("first"));
        var sides = Enumerable.Range(0, Limits.MaxSideSessions).Select(i => CreateProbe($"side-{i}")).ToList();
        foreach (var side in sides) { await BeginAsync(Bob, side, Features.Side); }
        var last = CreateProbe("last");
        var used = await UseAsync(last, hash);

        last.Send(Persistence, new ResumeSession(0, used, Features.Side));
        await last.ExpectMsgAsync(Refusals.Busy(Operation.Resume));
        Watch(sides[3].Ref);
        Sys.Stop(sides[3].Ref);
        await ExpectTerminatedAsync(sides[3].Ref);

        await AwaitAssertAsync(async () =>
        {
            last.Send(Persistence, new ResumeSession(0, used, Features.Side));
            await last.ExpectMsgAsync<SessionBegun>();
        });
    }

    [Fact]
    public async Task Who_gives_the_password_gets_in_though_a_stolen_token_has_taken_every_place()
    {
        var own = await BeginKeptAsync(Bob, CreateProbe("first"));
        var stolen = await BeginKeptAsync(Bob, BobSession);
        var (listener, owner, again) = (CreateProbe("listener"), CreateProbe("owner"), CreateProbe("again"));
        await ResumeAsync(listener, own);
        var thieves = Enumerable.Range(1, Limits.MaxSideSessions - 1).Select(i => CreateProbe($"thief-{i}")).ToList();
        foreach (var thief in thieves) { await ResumeAsync(thief, stolen); }

        await BeginAsync(Bob, owner, Features.Side);
        await BeginAsync(Bob, again, Features.Side);

        foreach (var thief in thieves.TakeLast(2))
        {
            await thief.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));
            thief.Send(Persistence, new CountUndelivered(0, Bob.Id, default));
            await thief.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
        }
        await FenceAsync();
        Assert.DoesNotContain(true, thieves.SkipLast(2).Select(thief => thief.HasMessages));
        Assert.False(listener.HasMessages || owner.HasMessages || BobSession.HasMessages);
    }

    [Fact]
    public async Task Of_many_logins_with_one_side_session_each_none_makes_room()
    {
        for (var i = 0; i < Limits.MaxSideSessions; i++)
        {
            await ResumeAsync(CreateProbe($"side-{i}"), await BeginKeptAsync(Bob, CreateProbe($"own-{i}")));
        }
        var last = CreateProbe("last");

        last.Send(Persistence, new BeginSession(0, Bob, BetterHash: null) { Features = Features.Side });

        await last.ExpectMsgAsync(Refusals.Busy(Operation.LogIn));
    }

    [Fact]
    public async Task Typing_is_told_to_those_that_care()
    {
        var side = CreateProbe("side");
        await BeginBothAsync();
        await BeginAsync(Bob, side, Features.Side | Features.Typing);

        AdaSession.Send(Persistence, new RelayTyping(0, Ada.Id, "Ada", "BOB", IsTyping: true));

        await side.ExpectMsgAsync(new DeliverEvent(new TypingArrived("Ada", IsTyping: true)));
        Assert.False(BobSession.HasMessages);
    }

    private static MessageId BehindAll { get; } = new(long.MaxValue);

    private async Task ResumeAsync(NumberedProbe side, TokenHash token)
    {
        side.Send(Persistence, new ResumeSession(0, await UseAsync(side, token), Features.Side));
        await side.ExpectMsgAsync<SessionBegun>();
    }

    private async Task DeliverAsync(NumberedProbe side, long through, bool isFetched)
    {
        if (isFetched)
        {
            side.Send(Persistence, new FetchUndelivered(0, Bob.Id, BehindAll, Limit: 2));
            Assert.NotEmpty((await side.ExpectMsgAsync<AwayFetched>()).Messages);
        }
        else
        {
            side.Send(Persistence, new MarkInboxDelivered(0, Bob.Id, new MessageId(through)));
            await side.ExpectMsgAsync(new MarkedDelivered());
        }
    }

    private static IEnumerable<string> Contents(UndeliveredRead page) => page.Messages.Select(message => message.Content);

    private static async Task ExpectReceiptAsync(NumberedProbe session, ReceiptKind kind)
    {
        var receipt = Assert.IsType<ReceiptArrived>((await session.ExpectMsgAsync<DeliverEvent>()).Event);
        Assert.Equal((kind, "Bob", 1L), (receipt.Kind, receipt.By, Assert.Single(receipt.Ids)));
    }

    private static DeliverEvent News(bool isOnline) => new(new PresenceChanged("Bob", isOnline));
}
