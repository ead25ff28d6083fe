namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void Messages_from_before_a_time_are_deleted_and_no_others()
    {
        int[] days = [0, 1, 300, 2, 5, 4, 3, 6]; // a clock was set, forward and back
        var (ada, bob) = (Ada, Bob);
        InBatch(() => Assert.All(days, day => Store.AddMessage(ada, bob, $"{day}", Noon.AddDays(day))));

        Assert.Equal(4, Prune(Noon.AddDays(4)));
        Assert.Equal(0, Prune(Noon.AddDays(4)));

        Assert.Equal(new MessageId(3), Store.FindOld(default, Noon).First);
        Assert.Equal(["300", "5", "4", "6"], Undelivered(bob).Select(message => message.Content));
        Assert.Equal(new MessageId(8), Store.LastMessageId);
    }

    [Fact]
    public void Old_messages_take_with_them_what_they_counted()
    {
        var (ada, bob) = (Ada, Bob);
        for (var i = 0; i < 4; i++) { Send(ada, bob, new string('x', Slack)); }
        Withhold(ada, bob, new string('x', Slack));
        InBatch(() => Store.MarkDeliveredAfter(bob, new MessageId(3)));
        Assert.Equal(3, CountUndelivered(bob));

        Assert.Equal(5, Prune(Noon.AddDays(1)));

        Assert.Equal(0, CountUndelivered(bob));
        Assert.Equal(0, Store.CountInbox(bob, default, 100));
        Assert.Equal(0, Store.CountUndeliveredFrom(bob, ada, default, 100));
        Assert.Equal(0, Store.CountSentBytes(ada));
        Assert.False(Store.HasSent(ada, bob));
        Assert.Empty(HistoryIds(ada, bob));
        Assert.Empty(Conversations(ada));
        Assert.Empty(Conversations(bob));
    }

    [Fact]
    public void A_conversation_that_loses_its_newest_message_has_the_one_before()
    {
        var (ada, bob, eve) = (Ada, Bob, Eve);
        var kept = Send(ada, bob);
        InBatch(() => Store.AddMessage(bob, ada, "from a clock that was slow", Noon.AddDays(-1)));
        var later = new MessageId(Store.LastMessageId.Value + 3000); // so that conversations are indexed
        InBatch(() => Store.AddMessage(new NewMessage(later, eve, eve, "hello", Noon)));

        Prune(Noon);

        Assert.Equal(kept, Assert.Single(Conversations(ada)).LastMessage.Id);
        Assert.Equal(kept, Assert.Single(Conversations(bob)).LastMessage.Id);
    }

    [Fact]
    public void Ids_are_not_given_again_and_client_ids_stay_used_when_messages_were_pruned()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() => Offer(ada, bob, "hello", "c1"));

        Prune(Noon.AddDays(1));
        Reopen();

        Assert.Equal(new MessageId(1), Store.LastMessageId);
        Assert.Equal(new FirstSend(new MessageId(1), Noon, IsSame: true), OfferAlone(ada, bob, "hello", "c1"));
    }

    [Fact]
    public void What_was_pruned_in_a_batch_that_is_rolled_back_is_there()
    {
        Send(Ada, Bob);
        Assert.Equal(1, CountUndelivered(Bob));
        var old = Store.FindOld(default, Noon.AddDays(1));
        Store.Begin();
        Assert.Equal(1, Store.DeleteOld(old.Ids));
        Assert.Equal(0, CountUndelivered(Bob));
        Store.Rollback();

        Assert.Equal(1, CountUndelivered(Bob));
        Assert.Equal(1, Prune(Noon.AddDays(1)));
    }

    [Fact]
    public void A_slice_of_old_messages_is_small_whatever_they_are()
    {
        var (ada, bob) = (Ada, Bob);
        InBatch(() =>
        {
            for (var i = 0; i < 1500; i++) { Store.AddMessage(ada, bob, "young", Noon.AddDays(1)); }
            for (var i = 0; i < 600; i++) { Store.AddMessage(ada, bob, "old", Noon); }
            for (var i = 0; i < 5; i++) { Store.AddMessage(ada, bob, new string('x', 1024 * 1024), Noon); }
        });

        var young = Store.FindOld(default, Noon.AddDays(1));
        var (old, long1) = (Store.FindOld(new MessageId(1500), Noon.AddDays(1)), Store.FindOld(new MessageId(2100), Noon.AddDays(1)));

        Assert.Empty(young.Ids);
        Assert.InRange(young.Through.Value, 1, 1024);
        Assert.InRange(old.Ids.Count, 1, 256);
        Assert.Single(long1.Ids);
        Assert.False(young.IsLast || old.IsLast || long1.IsLast);
        Assert.Equal(605, Prune(Noon.AddDays(1)));
    }

    // Goes through all messages.
    private int Prune(DateTimeOffset before)
    {
        var pruned = 0;
        for (var old = new OldMessages([], default, default, IsLast: false); !old.IsLast;)
        {
            old = Store.FindOld(old.Through, before);
            if (old.Ids.Count > 0) { InBatch(() => pruned += Store.DeleteOld(old.Ids)); }
        }
        return pruned;
    }
}
