using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>With acknowledgements: at most a window on its way, received in one rising line.</summary>
public sealed class SessionAckTests() : SessionTestKit(new SessionOptions { WindowMessages = 4, WindowBytes = 1000 })
{
    private const Features Acks = Features.Push | Features.Ack;
    private static readonly AccountId Bob = new(2);
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_more_than_a_window_is_pushed_before_it_is_acknowledged()
    {
        await CatchUpAsync();
        for (var id = 11; id <= 16; id++) { Persistence.Send(Session, Live(id)); }
        for (var id = 11; id <= 14; id++) { Assert.Equal(id, (await Client.ExpectMsgAsync<MessageArrived>()).Id); }
        await FenceAsync();
        Assert.False(Client.HasMessages);

        Ack(11, 12);
        await Persistence.ExpectMsgAsync<ConfirmDelivery>();
        var read = await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, Page(after: 14, isLast: false, 15, 16));

        Assert.Equal((14, 2), (read.After.Value, read.Limit));
        Assert.Equal(15, (await Client.ExpectMsgAsync<MessageArrived>()).Id);
        Assert.Equal(16, (await Client.ExpectMsgAsync<MessageArrived>()).Id);
    }

    [Fact]
    public async Task The_window_is_bounded_in_bytes_too_but_for_a_lone_message()
    {
        await CatchUpAsync();
        Persistence.Send(Session, Live(11, new string('x', 2000)));
        Persistence.Send(Session, Live(12));

        Assert.Equal(11, (await Client.ExpectMsgAsync<MessageArrived>()).Id);
        await FenceAsync();
        Assert.False(Client.HasMessages);
        Ack(11);

        await Persistence.ExpectMsgAsync<ConfirmDelivery>();
        Assert.Equal(11, (await Persistence.ExpectMsgAsync<ReadUndelivered>()).After.Value);
    }

    [Fact]
    public async Task A_message_is_received_once_everything_before_it_is_acknowledged_in_whatever_order()
    {
        await CatchUpAsync();
        for (var id = 11; id <= 14; id++) { Persistence.Send(Session, Live(id)); }

        Ack(13);
        Ack(12);
        Ack(11);
        var mark = await Persistence.ExpectMsgAsync<ConfirmDelivery>();

        Assert.Equal((Ada.Id, 13, Bob), (mark.Account, mark.Through.Value, mark.Sender));
        Assert.Equal([11, 12], mark.Earlier.Select(message => message.Id.Value));
    }

    [Fact]
    public async Task Ids_that_were_not_pushed_are_passed_over_and_nothing_is_ever_answered()
    {
        await CatchUpAsync();
        Persistence.Send(Session, Live(11));
        await Client.ExpectMsgAsync<MessageArrived>();

        Ack(0, 5, 12, -1, long.MaxValue, long.MinValue);
        Session.Submit(new CountUnread());

        await Persistence.ExpectMsgAsync<CountUndelivered>(); // a fence: a mark would have come first
        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task What_was_merely_written_is_not_received()
    {
        await CatchUpAsync();
        Persistence.Send(Session, Live(11));
        var written = await Client.ExpectMsgAsync<MessageArrived>();

        Session.Tell(new OutputWritten(written));
        Session.Submit(new CountUnread());

        await Persistence.ExpectMsgAsync<CountUndelivered>();
    }

    [Fact]
    public async Task An_acknowledgement_counts_while_a_request_is_under_way()
    {
        await CatchUpAsync();
        Persistence.Send(Session, Live(11));
        await Client.ExpectMsgAsync<MessageArrived>();
        Session.Submit(new CountUnread());
        Session.Submit(new CountUnread());
        await Persistence.ExpectMsgAsync<CountUndelivered>();

        Ack(11);

        Assert.Equal(11, (await Persistence.ExpectMsgAsync<ConfirmDelivery>()).Through.Value);
    }

    [Fact]
    public async Task A_guest_that_acknowledges_hears_nothing()
    {
        Ack(1);
        Session.Submit(new Ping());

        await Client.ExpectMsgAsync(new Pong());
    }

    [Fact]
    public async Task The_queue_is_told_to_be_empty_once_between_what_was_away_and_what_is_live()
    {
        await LogInAsync(Acks, liveAfter: 10);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, Page(after: 0, isLast: false, 9, 11));

        Assert.Equal(9, (await Client.ExpectMsgAsync<MessageArrived>()).Id);
        await Client.ExpectMsgAsync(new QueueEmptied());
        Assert.Equal(11, (await Client.ExpectMsgAsync<MessageArrived>()).Id);
        Persistence.Send(Session, Page(after: 11, isLast: true));
        Session.Submit(new Hello("fence", Acks));
        await Client.ExpectMsgAsync<Welcome>();
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
    public async Task Acknowledgements_come_only_with_push()
    {
        Session.Submit(new Hello("test", Features.Ack | Features.Typing | (Features)0x4000));

        Assert.Equal(Features.Typing, (await Client.ExpectMsgAsync<Welcome>()).Features);
    }

    [Fact]
    public async Task A_page_asked_for_under_the_old_rule_is_not_pushed_under_the_new_one()
    {
        await LogInAsync(Features.Push);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, Page(after: 0, isLast: false, 9));
        await Client.ExpectMsgAsync<MessageArrived>();
        await Persistence.ExpectMsgAsync<ReadUndelivered>();

        Session.Submit(new Hello("test", Acks));
        await Client.ExpectMsgAsync<Welcome>();
        Persistence.Send(Session, Page(after: 9, isLast: false, 10));

        Assert.Equal(default, (await Persistence.ExpectMsgAsync<ReadUndelivered>()).After); // from the beginning
        Assert.False(Client.HasMessages);
    }

    private async Task CatchUpAsync()
    {
        await LogInAsync(Acks);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, Page(after: 0, isLast: true));
        await Client.ExpectMsgAsync(new QueueEmptied());
    }

    private void Ack(params long[] ids) => Session.Submit(new Acknowledge([.. ids]));

    private static LiveMessage Live(long id, string content = "hi") =>
        new(new MessageArrived(id, "bob", "Ada", content, Noon, Away: false), Bob);

    private static UndeliveredRead Page(long after, bool isLast, params long[] ids) => new(new MessageId(after),
        [.. ids.Select(id => new StoredMessage(new MessageId(id), Bob, "bob", "hi", Noon))], isLast);
}
