namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_withheld_message_is_there_for_its_sender_alone()
    {
        var shown = Send(Ada, Bob, "shown");
        var withheld = Withhold(Ada, Bob, "withheld");

        Assert.Equal([shown, withheld], HistoryIds(Ada, Bob));
        Assert.Equal(withheld, Assert.Single(Conversations(Ada)).LastMessage.Id);
        Assert.Equal([shown], HistoryIds(Bob, Ada));
        var conversation = Assert.Single(Conversations(Bob));
        Assert.Equal((shown, 1), (conversation.LastMessage.Id, conversation.UnreadCount));
        Assert.Equal(1, CountUndelivered(Bob));
        Assert.Equal([shown], Ids(Undelivered(Bob)));
        Assert.Equal([shown], Ids(Store.ReadUnmarked(Bob, default, new MessageId(long.MaxValue), 10, 1000)));
        Assert.Equal([shown], Ids(Delivered(Bob, liveAfter: 0)));
        var page = new InboxPage(default, new MessageId(long.MaxValue), FromOldest: true, UndeliveredOnly: false, 10);
        Assert.Equal([shown], Reader.ReadInbox(Bob, page, 1000).Select(received => received.Message.Id));
        InBatch(() => Assert.Equal(0, Store.DeleteAll(Bob, [withheld.Value])));
        InBatch(() => Assert.Equal([shown], Store.MarkReadThrough(Bob, Ada, new MessageId(long.MaxValue), 10)));
    }

    [Fact]
    public void Who_was_sent_nothing_but_withheld_messages_has_no_conversation()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        Withhold(ada, bob);
        InBatch(() => Store.AddMessages(eve, 3000)); // so that conversations are indexed

        Assert.Empty(Conversations(bob));
        Assert.Single(Conversations(ada));
    }

    [Fact]
    public void A_withheld_message_is_sent_once_under_its_client_id()
    {
        var (ada, bob) = (Ada, Bob);
        var first = new NewMessage(new MessageId(1), ada, bob, "hello", Noon, "c1", IsWithheld: true);
        Assert.Empty(InBatch(() => Store.AddMessage(first)));

        var again = first with { Id = new MessageId(2), IsWithheld = false };
        Assert.Equal(new FirstSend(first.Id, Noon, IsSame: true), InBatch(() => Store.AddMessage(again))[again.Id]);

        Assert.Empty(Undelivered(bob));
    }

    [Fact]
    public void Who_is_blocked_sees_the_states_as_they_were()
    {
        var (read, delivered, marked, stored) = (Send(Ada, Bob), Send(Ada, Bob), Send(Ada, Bob), Send(Eve, Bob));
        InBatch(() => Store.AdvanceWatermark(Bob, delivered));
        InBatch(() => Store.MarkReadThrough(Bob, Ada, read, 1));
        InBatch(() => Store.MarkDeliveredAfter(Bob, delivered));
        var later = Send(Ada, Bob);
        var before = StatesSeenBy(Ada, Bob);
        Assert.Equal(
            [(read, DeliveryState.Read), (delivered, DeliveryState.Delivered), (marked, DeliveryState.Delivered),
                (later, DeliveryState.Stored)],
            before);

        InBatch(() => Store.Block(Bob, Ada, 10));
        InBatch(() => Store.MarkReadThrough(Bob, Ada, delivered, 1));
        InBatch(() => Store.MarkDeliveredAfter(Bob, stored));
        Assert.Equal(before, StatesSeenBy(Ada, Bob));
        InBatch(() => Store.AdvanceWatermark(Bob, later));
        InBatch(() => Store.MarkReadThrough(Bob, Ada, later, 1));
        Assert.Equal(before, StatesSeenBy(Ada, Bob));
        Assert.Equal(DeliveryState.Stored, Assert.Single(Conversations(Ada)).LastMessage.State);
        Assert.All(StatesSeenBy(Bob, Ada), seen => Assert.Equal(DeliveryState.Read, seen.State));

        InBatch(() => Store.Unblock(Bob, Ada));
        Assert.All(StatesSeenBy(Ada, Bob), seen => Assert.Equal(DeliveryState.Read, seen.State));
    }

    [Fact]
    public void A_withheld_message_comes_as_far_as_those_around_it()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() => Store.Block(bob, ada, 10));
        var withheld = Withhold(ada, bob);
        InBatch(() => Store.MarkDeliveredAfter(bob, default));
        Assert.Equal((withheld, DeliveryState.Stored), Assert.Single(StatesSeenBy(ada, bob)));

        InBatch(() => Store.Unblock(bob, ada));
        Assert.Equal((withheld, DeliveryState.Delivered), Assert.Single(StatesSeenBy(ada, bob)));
    }

    [Fact]
    public void A_block_is_kept_until_it_is_ended()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() => Assert.True(Store.Block(bob, ada, 10)));
        InBatch(() => Assert.True(Store.Block(bob, ada, 10)));
        Reopen();

        Assert.True(Store.IsBlocked(bob, ada));
        Assert.False(Store.IsBlocked(ada, bob));
        Assert.False(Store.IsBlocked(bob, Eve));

        InBatch(() => Store.Unblock(bob, ada));
        InBatch(() => Store.Unblock(bob, ada));
        Assert.False(Store.IsBlocked(bob, ada));
        Assert.Empty(Reader.ListBlocked(bob, default, 10));
    }

    [Fact]
    public void A_block_that_is_rolled_back_is_none()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        Store.Begin();
        Store.Block(bob, ada, 1);
        Store.Rollback();

        Assert.False(Store.IsBlocked(bob, ada));
        InBatch(() => Assert.True(Store.Block(bob, eve, 1)));
    }

    [Fact]
    public void An_account_can_block_so_many_and_no_more()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        InBatch(() => Assert.True(Store.Block(bob, ada, 1)));

        InBatch(() => Assert.False(Store.Block(bob, eve, 1)));
        Reopen();
        InBatch(() => Assert.False(Store.Block(bob, eve, 1)));
        InBatch(() => Assert.True(Store.Block(bob, ada, 1)));
        InBatch(() => Store.Unblock(bob, ada));
        InBatch(() => Assert.True(Store.Block(bob, eve, 1)));
        InBatch(() => Store.DeleteWhole(eve));
        InBatch(() => Assert.True(Store.Block(bob, ada, 1)));
    }

    [Fact]
    public void Blocked_accounts_are_listed_in_pages()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        InBatch(() => Store.Block(bob, eve, 10));
        InBatch(() => Store.Block(bob, ada, 10));

        Assert.Equal([new AccountName(ada, "ada")], Reader.ListBlocked(bob, default, 1));
        Assert.Equal([new AccountName(eve, "eve")], Reader.ListBlocked(bob, ada, 1));
        Assert.Empty(Reader.ListBlocked(bob, eve, 1));
        Assert.Empty(Reader.ListBlocked(ada, default, 1));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("bob")]
    [InlineData("everybody")]
    public void Blocks_and_withheld_messages_go_with_either_account(string leaver)
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() => Store.Block(bob, ada, 10));
        Withhold(ada, bob);

        InBatch(leaver == "everybody" ? Store.Reset : () => Store.DeleteWhole(leaver == "ada" ? ada : bob));

        Assert.False(Store.IsBlocked(bob, ada));
        Assert.Empty(Reader.ListBlocked(bob, default, 10));
        Assert.Empty(HistoryIds(ada, bob));
        Assert.Empty(Conversations(ada));
    }

    [Fact]
    public void What_one_sender_sent_is_deleted_in_slices_the_oldest_first()
    {
        var (ada, bob) = (Ada, Bob);
        var sent = Enumerable.Range(0, 5).Select(_ => Send(ada, bob)).ToArray();
        var (others, own, later) = (Send(Eve, bob), Send(bob, ada), Send(ada, bob));

        var through = sent[^1];
        InBatch(() => Assert.Equal(new DeletedSlice(2, false), Store.DeleteFrom(bob, ada, through, 2)));
        Assert.Equal([.. sent[2..], others, later], Ids(Undelivered(bob)));
        Assert.Equal(5, CountUndelivered(bob));
        InBatch(() => Assert.Equal(new DeletedSlice(3, false), Store.DeleteFrom(bob, ada, through, 10)));
        InBatch(() => Assert.Equal(new DeletedSlice(0, true), Store.DeleteFrom(bob, ada, through, 10)));

        Assert.Equal([others, later], Ids(Undelivered(bob)));
        Assert.Equal(2, CountUndelivered(bob));
        Assert.Equal([own, later], HistoryIds(ada, bob));
    }

    [Fact]
    public void Long_messages_are_deleted_a_few_at_a_time()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() =>
        {
            for (var i = 0; i < 6; i++) { AddMessage(ada, bob, new string('x', 60_000)); }
        });

        InBatch(() => Assert.Equal(new DeletedSlice(5, false), Store.DeleteFrom(bob, ada, Store.LastMessageId, 500)));
    }

    [Fact]
    public void What_was_withheld_is_deleted_with_the_rest_and_not_counted()
    {
        var (ada, bob) = (Ada, Bob);
        Send(ada, bob);
        Withhold(ada, bob);
        Withhold(ada, bob);

        InBatch(() => Assert.Equal(new DeletedSlice(1, false), Store.DeleteFrom(bob, ada, Store.LastMessageId, 2)));
        InBatch(() => Assert.Equal(new DeletedSlice(0, false), Store.DeleteFrom(bob, ada, Store.LastMessageId, 2)));
        InBatch(() => Assert.Equal(new DeletedSlice(0, true), Store.DeleteFrom(bob, ada, Store.LastMessageId, 2)));

        Assert.Empty(HistoryIds(ada, bob));
        Assert.Empty(Conversations(ada));
    }

    private MessageId Withhold(AccountId sender, AccountId recipient, string content = "hello")
    {
        var id = new MessageId(Store.LastMessageId.Value + 1);
        InBatch(() => Store.AddMessage(new NewMessage(id, sender, recipient, content, Noon, IsWithheld: true)));
        return id;
    }

    private MessageId[] HistoryIds(AccountId account, AccountId other) =>
        [.. StatesSeenBy(account, other).Select(seen => seen.Id)];

    private (MessageId Id, DeliveryState State)[] StatesSeenBy(AccountId account, AccountId other) =>
        [.. Reader.ReadHistory(account, other, new MessageId(long.MaxValue), 100, int.MaxValue)
            .Select(message => (message.Id, message.State))];
}
