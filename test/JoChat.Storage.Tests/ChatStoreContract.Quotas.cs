namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    private const int Slack = 64 * 1024;

    [Fact]
    public void What_an_account_has_sent_is_counted_in_bytes_until_it_is_deleted()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        Send(ada, bob, "Grüße"); // 7 bytes
        var long1 = Send(ada, bob, new string('x', Slack));
        Withhold(ada, eve, "12345");
        Assert.Equal(7 + Slack + 5 + (3 * IChatStore.BytesBesideContent), Store.CountSentBytes(ada));
        Assert.Equal(0, Store.CountSentBytes(bob));

        InBatch(() => Store.DeleteAll(bob, [long1.Value]));
        Assert.Equal(7 + 5 + (2 * IChatStore.BytesBesideContent), Store.CountSentBytes(ada));
    }

    [Fact]
    public void A_client_id_counts_until_it_is_forgotten_though_its_message_is_deleted()
    {
        var (ada, bob) = (Ada, Bob);
        var message = new NewMessage(new MessageId(1), ada, bob, "hello", Noon, "c1");
        InBatch(() => Store.AddMessage(message));
        InBatch(() => Store.AddMessage(message with { Id = new MessageId(2) })); // which adds nothing
        Assert.Equal(5 + IChatStore.BytesBesideContent + IChatStore.BytesOfClientId, Store.CountSentBytes(ada));

        InBatch(() => Store.DeleteAll(bob, [1]));
        Assert.Equal(IChatStore.BytesOfClientId, Store.CountSentBytes(ada));
        Assert.True(Store.HasExpiredClientIds(Noon.AddDays(30)));
        InBatch(() => Store.DeleteExpiredClientIds(Noon.AddDays(30)));

        Assert.Equal(0, Store.CountSentBytes(ada));
    }

    [Fact]
    public void Bytes_that_were_sent_are_known_after_a_restart_but_for_the_last_few()
    {
        var ada = Ada;
        InBatch(() => Store.AddMessages(ada, 2000));
        var sent = 2000 * (5 + IChatStore.BytesBesideContent);
        Assert.Equal(sent, Store.CountSentBytes(ada));

        Reopen();

        Assert.InRange(Store.CountSentBytes(ada), sent - Slack, sent);
    }

    [Fact]
    public void What_is_deleted_soon_does_not_add_up()
    {
        var (ada, bob) = (Ada, Bob);
        for (var i = 0; i < 20; i++)
        {
            var sent = Send(ada, bob, new string('x', 10_000));
            InBatch(() => Store.DeleteAll(bob, [sent.Value]));
        }

        Assert.Equal(0, Store.CountSentBytes(ada));
    }

    [Fact]
    public void An_account_that_is_deleted_takes_what_it_was_sent_off_those_who_sent_it()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() =>
        {
            for (var i = 0; i < 10; i++) { AddMessage(ada, bob, new string('x', Slack)); }
        });

        InBatch(() => Store.DeleteWhole(bob));

        Assert.Equal(0, Store.CountSentBytes(ada));
    }

    [Fact]
    public void What_waits_for_an_account_is_counted_for_each_sender_up_to_a_limit()
    {
        var m = AddFiveMessages();
        var (ada, bob, eve) = (Ada, Bob, Eve);
        Send(eve, bob);
        var fromAda = Undelivered(bob).Count(message => message.SenderId == ada);

        Assert.Equal(fromAda, Store.CountUndeliveredFrom(bob, ada, default, 100));
        Assert.Equal(1, Store.CountUndeliveredFrom(bob, eve, default, 100));
        Assert.Equal(0, Store.CountUndeliveredFrom(eve, bob, default, 100));
        Assert.Equal(1, Store.CountUndeliveredFrom(bob, ada, default, 1));
        Assert.Equal(fromAda + 1, Store.CountInbox(bob, default, 100));
        Assert.Equal(2, Store.CountInbox(bob, default, 2));
        Assert.Equal(0, Store.CountUndeliveredFrom(bob, ada, Store.LastMessageId, 100)); // a pending watermark
        Assert.Equal(0, Store.CountInbox(bob, Store.LastMessageId, 100));

        InBatch(() => Store.AdvanceWatermark(bob, m[^1]));
        Assert.Equal(0, Store.CountUndeliveredFrom(bob, ada, default, 100));
        Assert.Equal(1, Store.CountInbox(bob, default, 100));
        InBatch(() => Store.MarkDeliveredAfter(bob, default));
        Assert.Equal(0, Store.CountUndeliveredFrom(bob, eve, default, 100));
    }

    [Fact]
    public void Who_has_sent_what_to_whom_is_known_while_it_is_stored()
    {
        var (ada, bob) = (Ada, Bob);
        Withhold(ada, bob);
        Assert.False(Store.HasSent(ada, bob));
        var sent = Send(ada, bob);

        Assert.Equal((true, false), (Store.HasSent(ada, bob), Store.HasSent(bob, ada)));
        InBatch(() => Store.DeleteAll(bob, [sent.Value]));
        Assert.False(Store.HasSent(ada, bob));
    }

    [Fact]
    public void For_who_is_blocked_everything_goes_on_to_wait()
    {
        var (ada, bob) = (Ada, Bob);
        Send(ada, bob);
        InBatch(() => Store.Block(bob, ada, 10));
        Withhold(ada, bob);

        InBatch(() => Store.AdvanceWatermark(bob, Store.LastMessageId));
        InBatch(() => Store.MarkDeliveredAfter(bob, default));

        Assert.Equal(2, Store.CountUndeliveredFrom(bob, ada, Store.LastMessageId, 100));
    }

    [Fact]
    public void What_was_withheld_counts_no_more_when_the_block_has_ended()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() => Store.Block(bob, ada, 10));
        Withhold(ada, bob);
        Withhold(ada, bob);
        Assert.Equal(2, Store.CountUndeliveredFrom(bob, ada, default, 100));

        InBatch(() => Store.Unblock(bob, ada));

        Assert.Equal(0, Store.CountUndeliveredFrom(bob, ada, default, 100));
    }

    [Fact]
    public void What_a_client_id_was_used_for_can_be_looked_up()
    {
        var (ada, bob) = (Ada, Bob);
        var message = new NewMessage(new MessageId(1), ada, bob, "hello", Noon, "c1");
        Assert.Null(Store.FindFirstSend(message));
        InBatch(() => Store.AddMessage(message));

        Assert.Equal(new FirstSend(message.Id, Noon, IsSame: true), Store.FindFirstSend(message));
        Assert.Equal(false, Store.FindFirstSend(message with { Content = "other" })?.IsSame);
        Assert.Null(Store.FindFirstSend(message with { ClientId = null }));
    }
}
