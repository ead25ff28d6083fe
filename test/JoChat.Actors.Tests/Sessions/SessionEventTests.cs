using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Events go to those who asked, and cost a reader that stalls a bounded memory.</summary>
public sealed class SessionEventTests : SessionTestKit
{
    private const Features All = Features.Receipts | Features.Typing | Features.Presence;
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_event_comes_only_with_its_feature()
    {
        await LogInAsync(Features.Typing);

        Tell(new PresenceChanged("bob", IsOnline: true));
        Tell(new AccountGone("bob"));
        Tell(Receipt(1));
        Tell(new TypingArrived("bob", IsTyping: true));

        await Client.ExpectMsgAsync(new TypingArrived("bob", IsTyping: true));
    }

    [Fact]
    public async Task Without_room_the_newest_of_each_person_is_kept_and_typing_is_dropped()
    {
        await LogInAsync(All);
        Connection.HasRoom = false;
        Tell(new TypingArrived("bob", IsTyping: true));
        Tell(new PresenceChanged("bob", IsOnline: true));
        Tell(Receipt(1, 2));
        Tell(Receipt(3, 4));
        Tell(new PresenceChanged("bob", IsOnline: false));
        Tell(new AccountGone("bob"));
        Tell(new AccountGone("bob"));
        await FenceAsync();

        Connection.HasRoom = true;
        Tell(new PresenceChanged("cyd", IsOnline: true)); // must not overtake those that wait
        Session.Tell(new OutputWritten(null));

        await Client.ExpectMsgAsync(new PresenceChanged("bob", IsOnline: false));
        Assert.Equal(4, Assert.Single((await Client.ExpectMsgAsync<ReceiptArrived>()).Ids));
        await Client.ExpectMsgAsync(new AccountGone("bob"));
        await Client.ExpectMsgAsync(new PresenceChanged("cyd", IsOnline: true));
        Assert.False(Client.HasMessages);
    }

    [Fact]
    public void What_waits_for_room_is_bounded()
    {
        var held = new CoalescedEvents();

        for (var i = 0; i < 10_000; i++) { held.Hold(new PresenceChanged($"user{i}", IsOnline: true)); }

        Assert.Equal(512, held.All.Count);
    }

    [Fact]
    public async Task A_write_that_is_told_by_another_event_counts_for_the_messages_before_it()
    {
        await LogInAsync(Features.Push | Features.Typing);
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, new UndeliveredRead(default,
            [new StoredMessage(new MessageId(9), new AccountId(2), "bob", "hi", Noon)], IsLast: false));
        await Persistence.ExpectMsgAsync<ReadUndelivered>();
        Persistence.Send(Session, new UndeliveredRead(new MessageId(9), [], IsLast: true));
        await Client.ExpectMsgAsync<MessageArrived>();
        var newest = await Client.ExpectMsgAsync<QueueEmptied>();

        Session.Tell(new OutputWritten(newest));

        Assert.Equal(9, (await Persistence.ExpectMsgAsync<ConfirmDelivery>()).Through.Value);
    }

    private void Tell(ServerEvent news) => Persistence.Send(Session, new DeliverEvent(news));

    private static ReceiptArrived Receipt(params long[] ids) => new(ReceiptKind.Read, "bob", [.. ids], Noon);
}
