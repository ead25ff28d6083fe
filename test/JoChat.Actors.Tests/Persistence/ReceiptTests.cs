using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Senders who care are told when their messages are received and read; a mark is written once, however often
/// it rises.</summary>
public sealed class ReceiptTests : PersistenceTestKit
{
    [Fact]
    public async Task Messages_received_together_are_one_mark_and_one_receipt()
    {
        var ids = await SendAsync(4, Features.Receipts);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait;
        var marks = Store.Watermarks;

        AdaSession.Send(Persistence, new FindAccount(0, "ADA")); // holds the actor until all acknowledgements wait
        foreach (var id in ids) { BobSession.Send(Persistence, Delivered(Bob, id, Ada.Id)); }
        BobSession.Send(Persistence, new CountUndelivered(0, Bob.Id, new MessageId(long.MaxValue)));
        gate.Set();
        await AdaSession.ExpectMsgAsync<AccountFound>();

        await BobSession.ExpectMsgAsync(new UnreadCounted(0)); // what depends on the mark sees it
        Timers.Advance(PersistenceActor.WatermarkDelay);
        var receipt = await ReceiptAsync();
        Assert.Equal((ReceiptKind.Delivered, "Bob"), (receipt.Kind, receipt.By));
        Assert.Equal(ids, receipt.Ids.ToArray());
        Assert.Equal(1, Store.Watermarks - marks);
    }

    [Fact]
    public async Task A_stream_that_begins_again_begins_behind_a_mark_that_is_not_written_yet()
    {
        var ids = await SendAsync(2, Features.None);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait;

        AdaSession.Send(Persistence, new FindAccount(0, "ADA")); // holds the actor until both wait
        BobSession.Send(Persistence, Delivered(Bob, ids[0]));
        BobSession.Send(Persistence, new ReadUndelivered(Bob.Id, default, 10, 1000));
        gate.Set();

        var page = (await BobSession.ExpectMsgAsync<UndeliveredRead>()).Messages;
        Assert.Equal(ids[1], Assert.Single(page).Id.Value);
    }

    [Fact]
    public async Task A_sender_without_the_feature_is_told_nothing()
    {
        var ids = await SendAsync(1, Features.Push);

        BobSession.Send(Persistence, Delivered(Bob, ids[0], Ada.Id));
        await FenceAsync();

        Assert.False(AdaSession.HasMessages);
    }

    [Fact]
    public async Task A_sender_who_asks_for_receipts_later_gets_them_from_then_on()
    {
        var ids = await SendAsync(2, Features.None);
        BobSession.Send(Persistence, Delivered(Bob, ids[0], Ada.Id));

        AdaSession.Send(Persistence, new ChangeFeatures(Ada.Id, Features.Receipts));
        BobSession.Send(Persistence, Delivered(Bob, ids[1], Ada.Id));
        await FenceAsync();

        // The first may share the mark, but was received before anyone cared.
        Assert.Equal(ids[1], Assert.Single((await ReceiptAsync()).Ids));
    }

    [Fact]
    public async Task Those_who_fetch_or_list_give_receipts_too_and_once()
    {
        var away = await SendAsync(2, Features.Receipts, isBobOnline: false);
        var liveAfter = new MessageId(away[^1]);
        await BeginAsync(Bob, BobSession);
        AdaSession.Send(Persistence, ToBob("live"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
        var live = (await BobSession.ExpectMsgAsync<LiveMessage>()).Event.Id;

        BobSession.Send(Persistence, new ListAndDeliver(0, Bob.Id, liveAfter, DeliversLive: true));
        Assert.Equal(live, Assert.Single((await ReceiptAsync()).Ids));
        BobSession.Send(Persistence, new ListAndDeliver(0, Bob.Id, liveAfter, DeliversLive: true));
        BobSession.Send(Persistence, new FetchUndelivered(0, Bob.Id, liveAfter, 10));

        Assert.Equal(away, (await ReceiptAsync()).Ids.ToArray());
    }

    [Fact]
    public async Task Of_many_messages_a_receipt_has_the_newest()
    {
        var ids = await SendAsync(Limits.MaxReceiptIds + 5, Features.Receipts, isBobOnline: false);
        await BeginAsync(Bob, BobSession);

        BobSession.Send(Persistence, new FetchUndelivered(0, Bob.Id, new MessageId(long.MaxValue), 1000));

        Assert.Equal(ids[5..], (await ReceiptAsync()).Ids.ToArray());
    }

    [Fact]
    public async Task Nobody_is_told_of_a_watermark_that_was_not_stored_until_it_is()
    {
        var ids = await SendAsync(1, Features.Receipts);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        BobSession.Send(Persistence, Delivered(Bob, ids[0], Ada.Id));
        await FenceAsync();
        Assert.False(AdaSession.HasMessages);

        Store.BeforeCommit = () => { };
        Timers.Advance(PersistenceActor.WatermarkDelay);

        Assert.Equal(ids, (await ReceiptAsync()).Ids.ToArray());
        await FenceAsync();
        Assert.Equal(0, await BeginAsync(Bob, CreateProbe(), takeover: true));
    }

    [Fact]
    public async Task A_receipt_waits_for_the_batch_that_another_command_wrote_its_watermark_in()
    {
        var ids = await SendAsync(1, Features.Receipts);
        var heardBefore = false;
        Store.BeforeCommit = () => heardBefore |= AdaSession.HasMessages;
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait;

        BobSession.Send(Persistence, new FindAccount(0, "BOB")); // holds the actor until all wait
        BobSession.Send(Persistence, Delivered(Bob, ids[0], Ada.Id));
        BobSession.Send(Persistence, new FetchUndelivered(0, Bob.Id, new MessageId(long.MaxValue), 1));
        BobSession.Send(Persistence, new Flush());
        gate.Set();

        Assert.Equal(ids, (await ReceiptAsync()).Ids.ToArray());
        Assert.False(heardBefore);
    }

    [Fact]
    public async Task A_watermark_that_cannot_be_written_keeps_nobody_from_logging_in()
    {
        var ids = await SendAsync(1, Features.None);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        BobSession.Send(Persistence, Delivered(Bob, ids[0]));

        Assert.Equal(0, await BeginAsync(Bob, CreateProbe(), takeover: true)); // nor does it make it come again
    }

    [Fact]
    public async Task Whoever_takes_over_does_not_get_again_what_was_delivered_before()
    {
        var ids = await SendAsync(2, Features.None);
        BobSession.Send(Persistence, Delivered(Bob, ids[0]));

        Assert.Equal(1, await BeginAsync(Bob, CreateProbe(), takeover: true));
    }

    [Fact]
    public async Task A_watermark_of_a_batch_that_is_undone_is_written_again()
    {
        var ids = await SendAsync(1, Features.None);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        BobSession.Send(Persistence, Delivered(Bob, ids[0]));
        BobSession.Send(Persistence, new FetchUndelivered(0, Bob.Id, new MessageId(long.MaxValue), 1)); // writes it
        await BobSession.ExpectMsgAsync<StoreFailed>();

        Store.BeforeCommit = () => { };

        Assert.Equal(0, await BeginAsync(Bob, CreateProbe(), takeover: true));
    }

    [Fact]
    public async Task Reading_is_told_to_the_sender_once_and_shown_in_the_history()
    {
        var ids = await SendAsync(3, Features.Receipts);

        BobSession.Send(Persistence, new MarkConversationRead(0, Bob.Id, "Bob", "ADA", new MessageId(ids[1])));
        BobSession.Send(Persistence, new MarkConversationRead(0, Bob.Id, "Bob", "ADA", new MessageId(ids[0])));
        BobSession.Send(Persistence, new MarkConversationRead(0, Bob.Id, "Bob", "NOBODY", new MessageId(ids[0])));
        for (var i = 0; i < 3; i++) { await BobSession.ExpectMsgAsync(new MarkedRead()); }
        BobSession.Send(Persistence, Delivered(Bob, ids[2]));
        await FenceAsync();
        AdaSession.Send(Persistence, new FindHistory(0, Ada.Id, "Ada", "BOB", new MessageId(long.MaxValue), 10));

        var receipt = await ReceiptAsync();
        Assert.Equal((ReceiptKind.Read, "Bob"), (receipt.Kind, receipt.By));
        Assert.Equal(ids[..2], receipt.Ids.ToArray());
        var history = (await AdaSession.ExpectMsgAsync<History>()).Messages;
        Assert.Equal([MessageState.Read, MessageState.Read, MessageState.Delivered], history.Select(one => one.State));
        Assert.All(history, one => Assert.Equal(("Ada", "Bob"), (one.Sender, one.Recipient)));
    }

    private async Task<long[]> SendAsync(int count, Features adas, bool isBobOnline = true)
    {
        await BeginAsync(Ada, AdaSession, adas);
        if (isBobOnline) { await BeginAsync(Bob, BobSession); }
        var ids = new long[count];
        for (var i = 0; i < count; i++)
        {
            AdaSession.Send(Persistence, ToBob($"{i}") with { ClientId = $"{i}" });
            ids[i] = (await AdaSession.ExpectMsgAsync<MessageStored>()).As!.Id;
            if (isBobOnline) { await BobSession.ExpectMsgAsync<LiveMessage>(); }
        }
        return ids;
    }

    private async Task<ReceiptArrived> ReceiptAsync() =>
        Assert.IsType<ReceiptArrived>((await AdaSession.ExpectMsgAsync<DeliverEvent>()).Event);
}
