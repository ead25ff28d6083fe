using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Messages arriving by themselves: each once, in order, and never more than the socket takes.</summary>
public sealed class SessionPushTests : SessionTestKit
{
    private const Features Acks = Features.Push | Features.Ack;
    private static readonly AccountId Bob = new(2);
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_client_that_did_not_ask_is_told_nothing()
    {
        await LogInAsync();

        Persistence.Send(Session, Live(11));
        Session.Submit(new Hello("fence", Features.None));

        await Client.ExpectMsgAsync<Welcome>();
    }

    [Fact]
    public async Task What_waits_is_read_first_and_what_comes_live_meanwhile_is_read_with_it()
    {
        await LogInAsync(Features.Push, liveAfter: 10);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();

        Persistence.Send(Session, Live(11)); // stored before the backlog was read: the page holds it
        Persistence.Send(Session, Page(after: 0, isLast: false, 9, 10, 11));
        Assert.Equal(new MessageId(11), (await Persistence.ExpectMsgAsync<ReadUndelivered>()).After);
        Persistence.Send(Session, Page(after: 11, isLast: true));
        Persistence.Send(Session, Live(12));

        await Client.ExpectMsgAsync(Event(9, away: true));
        await Client.ExpectMsgAsync(Event(10, away: true));
        await Client.ExpectMsgAsync(new QueueEmptied());
        await Client.ExpectMsgAsync(Event(11, away: false));
        await Client.ExpectMsgAsync(Event(12, away: false));
    }

    [Fact]
    public async Task A_client_that_asks_for_no_more_push_gets_no_more_of_its_backlog()
    {
        await LogInAsync(Features.Push);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();

        Session.Submit(new Hello("test", Features.None));
        await Client.ExpectMsgAsync<Welcome>();
        Persistence.Send(Session, Page(after: 0, isLast: false, 9, 10));
        Session.Submit(new CountUnread());

        await Persistence.ExpectMsgAsync<CountUndelivered>(); // a fence: another page would have been asked for first
        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task A_hello_behind_the_login_begins_the_stream_as_well()
    {
        await LogInAsync();
        Session.Submit(new Hello("late", Acks | Features.Receipts));

        await Client.ExpectMsgAsync<Welcome>();
        await Persistence.ExpectMsgAsync(new ChangeFeatures(Ada.Id, Acks | Features.Receipts));
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, Page(after: 0, isLast: true));
        await Client.ExpectMsgAsync(new QueueEmptied());
    }

    [Fact]
    public async Task Acknowledgements_come_only_with_push_and_a_guest_that_sends_some_hears_nothing()
    {
        Session.Submit(new Hello("test", Features.Ack | Features.Typing | (Features)0x4000));
        Assert.Equal(Features.Typing, (await Client.ExpectMsgAsync<Welcome>()).Features);

        Session.Submit(new Acknowledge([1]));
        Session.Submit(new Ping());

        await Client.ExpectMsgAsync(new Pong());
    }

    [Fact]
    public async Task A_backlog_that_could_not_be_read_is_read_again_later()
    {
        await LogInAsync(Features.Push);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();

        Persistence.Reply(new StoreFailed(0));
        await FenceAsync();
        Assert.False(Persistence.HasMessages);
        Time.Advance(TimeSpan.FromSeconds(1));

        await Persistence.ExpectMsgAsync<ReadUndelivered>();
    }

    [Fact]
    public async Task After_logout_nothing_is_pushed()
    {
        await CatchUpAsync();
        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync<EndSession>();
        Persistence.Reply(new LoggedOut());
        await Client.ExpectMsgAsync<LoggedOut>();

        Persistence.Send(Session, Live(11));
        Session.Submit(new Hello("fence", Features.Push));

        await Client.ExpectMsgAsync<Welcome>();
    }

    private async Task CatchUpAsync()
    {
        await LogInAsync(Features.Push);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, Page(after: 0, isLast: true));
        await Client.ExpectMsgAsync(new QueueEmptied());
    }

    private static MessageArrived Event(long id, bool away) => new(id, "bob", "Ada", $"text {id}", Noon, away);

    private static LiveMessage Live(long id) => new(Event(id, away: false), Bob);

    private static UndeliveredRead Page(long after, bool isLast, params long[] ids) =>
        new(new MessageId(after), [.. ids.Select(Stored)], isLast);

    private static StoredMessage Stored(long id) =>
        new(new MessageId(id), Bob, "bob", $"text {id}", Noon);
}
