namespace JoChat.Storage.Tests;

// A count that comes again may be answered from what the one before found; each of these changes something between.
public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_count_is_the_same_when_nothing_has_changed()
    {
        var (_, bob, _) = AddFiveCounted();

        Assert.Equal(5, CountUndelivered(bob));
        Assert.Equal(5, CountUndelivered(bob));
    }

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
    public void A_count_falls_by_what_the_mark_has_reached(int through, int expected)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.AdvanceWatermark(bob, m[through]));

        Assert.Equal(expected, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(expected + 1, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_falls_and_grows_when_the_mark_has_passed_what_was_counted()
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
    public void A_count_falls_by_what_was_received_past_older_messages(int after, int expected)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.MarkDeliveredAfter(bob, m[after]));

        Assert.Equal(expected, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(expected + 1, CountUndelivered(bob));
    }

    [Fact]
    public void A_message_that_was_received_past_others_is_not_taken_off_twice_when_the_mark_reaches_it()
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
    public void A_count_is_the_same_after_received_messages_were_deleted()
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

    [Theory] // the watermark is at 1, and 4 was delivered by itself
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

        Assert.Equal(2, CountUndelivered(bob, m[3].Value, after: m[1].Value));
        Assert.Equal(0, CountUndelivered(bob, m[1].Value, after: m[1].Value));
        Assert.Equal(0, CountUndelivered(bob, m[1].Value, after: m[3].Value));
        Assert.Equal(3, CountUndelivered(bob, after: m[1].Value));
        Assert.Equal(5, CountUndelivered(bob));
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
    public void A_count_is_0_once_the_account_is_deleted()
    {
        var (_, bob, _) = AddFiveCounted();

        InBatch(() => Store.DeleteAccount(bob));

        Assert.Equal(0, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_is_0_after_a_reset()
    {
        var (_, bob, _) = AddFiveCounted();

        InBatch(Store.Reset);

        Assert.Equal(0, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_is_undone()
    {
        var (ada, bob, m) = AddFiveCounted();
        Store.Begin();
        AddMessage(ada, bob, "undone");
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
        Assert.Equal(2, CountUndelivered(bob)); // a spoiled batch still shows itself, and must not outlive it

        Assert.Throws<StorageException>(Store.Commit);

        Assert.Equal(5, CountUndelivered(bob));
        Send(ada, bob);
        Assert.Equal(6, CountUndelivered(bob));
    }

    [Fact]
    public void A_count_up_to_a_lower_id_leaves_the_one_up_to_a_higher_as_it_is()
    {
        var (_, bob, m) = AddFiveCounted();

        Assert.Equal(2, CountUndelivered(bob, m[1].Value));
        Assert.Equal(5, CountUndelivered(bob));
        Assert.Equal(0, CountUndelivered(bob, 0));
        Assert.Equal(4, CountUndelivered(bob, m[3].Value));
        Assert.Equal(5, CountUndelivered(bob, m[4].Value));
    }

    private (AccountId Ada, AccountId Bob, MessageId[] FromAdaToBob) AddFiveCounted()
    {
        var added = AddFiveMessages();
        Assert.Equal(5, CountUndelivered(added.Bob));
        return added;
    }
}
