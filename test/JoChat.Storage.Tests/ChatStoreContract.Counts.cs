namespace JoChat.Storage.Tests;

// A count may be answered from what an earlier one found, so each of these counts, changes something and counts again.
public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_count_grows_with_each_message_that_is_added_even_before_it_is_committed()
    {
        var (ada, bob, _) = AddFiveCounted();
        Store.Begin();

        AddMessage(ada, bob, "sixth");

        Assert.Equal(6, CountUndelivered(bob));
        AddMessage(bob, ada, "to another");
        Assert.Equal(6, CountUndelivered(bob));
        AddMessage(ada, bob, "seventh");
        Assert.Equal(7, CountUndelivered(bob));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(4, 0)] // all that was counted
    public void A_count_falls_by_what_the_watermark_has_reached(int through, int expected)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.AdvanceWatermark(bob, m[through]));

        Assert.Equal(expected, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(expected + 1, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_is_right_when_the_watermark_has_passed_all_that_was_counted()
    {
        var (ada, bob, _) = AddFiveCounted();
        MessageId[] later = [Send(ada, bob), Send(ada, bob), Send(ada, bob)];

        InBatch(() => Store.AdvanceWatermark(bob, later[0]));

        Assert.Equal(2, CountUndelivered(bob));
        InBatch(() => Store.AdvanceWatermark(bob, later[1]));
        Assert.Equal(1, CountUndelivered(bob));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)] // none
    public void A_count_falls_by_messages_marked_past_older_ones(int after, int expected)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.MarkDeliveredAfter(bob, m[after]));

        Assert.Equal(expected, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(expected + 1, CountUndelivered(bob));
    }

    [Fact]
    public void A_message_marked_past_others_is_not_subtracted_again_by_the_watermark()
    {
        var (_, bob, m) = AddFiveCounted();
        InBatch(() => Store.MarkDeliveredAfter(bob, m[3]));
        Assert.Equal(4, CountUndelivered(bob));

        InBatch(() => Store.AdvanceWatermark(bob, m[4]));

        Assert.Equal(0, CountUndelivered(bob));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_count_falls_by_a_message_that_was_deleted(int deleted)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.DeleteMessages(bob, [m[deleted].Value]));

        Assert.Equal(4, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(5, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_is_the_same_after_delivered_messages_were_deleted()
    {
        var (ada, bob, m) = AddFiveMessages();
        InBatch(() => Store.AdvanceWatermark(bob, m[0]));
        Assert.Equal(4, CountUndelivered(bob));
        var live = Send(ada, bob);
        InBatch(() => Store.MarkDeliveredAfter(bob, m[4]));

        InBatch(() => Store.DeleteMessages(bob, [m[0].Value, live.Value]));

        Assert.Equal(4, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_falls_by_what_a_deleted_account_had_sent()
    {
        var (_, bob, _) = AddFiveCounted();
        var eve = Add("eve");
        Send(eve, bob);
        Assert.Equal(6, CountUndelivered(bob));

        InBatch(() => Store.DeleteAccount(eve));

        Assert.Equal(5, CountUndelivered(bob));
    }

    [Theory] // the watermark is at 1, and 4 was marked by itself
    [InlineData(0, 3)] // below the watermark: 2, 3 and 5
    [InlineData(1, 3)] // at it
    [InlineData(2, 2)] // above it
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(long.MaxValue, 0)]
    public void Only_undelivered_messages_above_an_id_are_counted(long after, long expected)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        MessageId[] m = [Send(ada, bob), Send(ada, bob), Send(ada, bob), Send(ada, bob)];
        Assert.Equal((1, 4), (m[0].Value, CountUndelivered(bob)));
        InBatch(() =>
        {
            Store.AdvanceWatermark(bob, m[0]);
            Store.MarkDeliveredAfter(bob, m[2]);
        });
        Send(ada, bob);

        Assert.Equal(expected, CountUndelivered(bob, after: after));
        Send(ada, bob);
        Assert.Equal(after == long.MaxValue ? 0 : expected + 1, CountUndelivered(bob, after: after));
        Assert.Equal(4, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_between_two_ids_includes_the_upper_and_not_the_lower()
    {
        var (_, bob, m) = AddFiveCounted();

        Assert.Equal(2, CountUndelivered(bob, m[1].Value));
        Assert.Equal(0, CountUndelivered(bob, through: 0));
        Assert.Equal(2, CountUndelivered(bob, m[3].Value, after: m[1].Value));
        Assert.Equal(0, CountUndelivered(bob, m[1].Value, after: m[1].Value));
        Assert.Equal(0, CountUndelivered(bob, m[1].Value, after: m[3].Value));
        Assert.Equal(3, CountUndelivered(bob, after: m[1].Value));
        Assert.Equal(5, CountUndelivered(bob, m[4].Value));
    }

    [Fact]
    public void A_count_is_the_same_before_and_after_a_pending_watermark_is_written()
    {
        var (_, bob, m) = AddFiveCounted();
        Assert.Equal(2, CountUndelivered(bob, after: m[2].Value));

        InBatch(() => Store.AdvanceWatermark(bob, m[2]));

        Assert.Equal(2, CountUndelivered(bob, after: m[2].Value));
        Assert.Equal(2, CountUndelivered(bob, after: m[0].Value));
        Assert.Equal(2, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_is_rolled_back()
    {
        var (ada, bob, m) = AddFiveCounted();
        Store.Begin();
        AddMessage(ada, bob, "rolled back");
        Store.AdvanceWatermark(bob, m[2]);
        Assert.Equal(3, CountUndelivered(bob));

        Store.Rollback();

        Assert.Equal(5, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_has_failed()
    {
        var (ada, bob, m) = AddFiveCounted();
        Store.Begin();
        Store.AdvanceWatermark(bob, m[2]);
        Assert.Throws<StorageException>(() => AddMessage(new AccountId(99), bob, "from nobody"));
        Assert.Equal(2, CountUndelivered(bob)); // reads see a spoiled batch, and the cache must not keep what they saw

        Assert.Throws<StorageException>(Store.Commit);

        Assert.Equal(5, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(6, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_stops_at_its_limit()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() =>
        {
            for (var i = 0; i <= IChatStore.MaxUndeliveredCount; i++) { AddMessage(ada, bob, ""); }
        });

        Assert.Equal(IChatStore.MaxUndeliveredCount, CountUndelivered(bob));
        Assert.Equal(IChatStore.MaxUndeliveredCount, CountUndelivered(bob, after: 1));
        Assert.Equal(IChatStore.MaxUndeliveredCount - 1, CountUndelivered(bob, after: 2));
    }

    private (AccountId Ada, AccountId Bob, MessageId[] FromAdaToBob) AddFiveCounted()
    {
        var added = AddFiveMessages();
        Assert.Equal(5, CountUndelivered(added.Bob));
        return added;
    }
}
