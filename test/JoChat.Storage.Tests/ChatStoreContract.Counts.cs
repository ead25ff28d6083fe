namespace JoChat.Storage.Tests;

// A count that comes again may be answered from what the one before found; each of these changes something between.
public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_count_is_the_same_when_nothing_has_changed()
    {
        var (_, bob, _) = AddFiveCounted();

        Assert.Equal(5, CountWaiting(bob));
        Assert.Equal(5, CountWaiting(bob));
    }

    [Fact]
    public void A_count_grows_with_each_message_that_is_added_even_before_it_is_committed()
    {
        var (ada, bob, _) = AddFiveCounted();
        Store.Begin();

        AddMessage(ada, bob, "sixth");

        Assert.Equal(6, CountWaiting(bob));
        AddMessage(bob, ada, "to another");
        Assert.Equal(6, CountWaiting(bob));
        AddMessage(ada, bob, "seventh");
        Assert.Equal(7, CountWaiting(bob));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(4, 0)] // all that was counted
    public void A_count_falls_by_what_the_mark_has_reached(int through, int expected)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.MarkReceivedThrough(bob, m[through]));

        Assert.Equal(expected, CountWaiting(bob));
        Send(ada, bob);
        Assert.Equal(expected + 1, CountWaiting(bob));
    }

    [Fact]
    public void A_count_falls_and_grows_when_the_mark_has_passed_what_was_counted()
    {
        var (ada, bob, _) = AddFiveCounted();
        MessageId[] later = [Send(ada, bob), Send(ada, bob), Send(ada, bob)];

        InBatch(() => Store.MarkReceivedThrough(bob, later[0]));

        Assert.Equal(2, CountWaiting(bob));
        InBatch(() => Store.MarkReceivedThrough(bob, later[1]));
        Assert.Equal(1, CountWaiting(bob));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)] // none
    public void A_count_falls_by_what_was_received_past_older_messages(int after, int expected)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.MarkReceivedAfter(bob, m[after]));

        Assert.Equal(expected, CountWaiting(bob));
        Send(ada, bob);
        Assert.Equal(expected + 1, CountWaiting(bob));
    }

    [Fact]
    public void A_message_that_was_received_past_others_is_not_taken_off_twice_when_the_mark_reaches_it()
    {
        var (_, bob, m) = AddFiveCounted();
        InBatch(() => Store.MarkReceivedAfter(bob, m[3]));
        Assert.Equal(4, CountWaiting(bob));

        InBatch(() => Store.MarkReceivedThrough(bob, m[4]));

        Assert.Equal(0, CountWaiting(bob));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_count_falls_by_a_message_that_was_deleted(int deleted)
    {
        var (ada, bob, m) = AddFiveCounted();

        InBatch(() => Store.DeleteMessages(bob, [m[deleted].Value]));

        Assert.Equal(4, CountWaiting(bob));
        Send(ada, bob);
        Assert.Equal(5, CountWaiting(bob));
    }

    [Fact]
    public void A_count_is_the_same_after_received_messages_were_deleted()
    {
        var (ada, bob, m) = AddFiveMessages();
        InBatch(() => Store.MarkReceivedThrough(bob, m[0]));
        Assert.Equal(4, CountWaiting(bob));
        var live = Send(ada, bob);
        InBatch(() => Store.MarkReceivedAfter(bob, m[4]));

        InBatch(() => Store.DeleteMessages(bob, [m[0].Value, live.Value]));

        Assert.Equal(4, CountWaiting(bob));
    }

    [Fact]
    public void A_count_falls_by_what_a_deleted_account_had_sent()
    {
        var (_, bob, _) = AddFiveCounted();
        var eve = Add("eve");
        Send(eve, bob);
        Assert.Equal(6, CountWaiting(bob));

        InBatch(() => Store.DeleteAccount(eve));

        Assert.Equal(5, CountWaiting(bob));
    }

    [Fact]
    public void A_count_is_0_once_the_account_is_deleted()
    {
        var (_, bob, _) = AddFiveCounted();

        InBatch(() => Store.DeleteAccount(bob));

        Assert.Equal(0, CountWaiting(bob));
    }

    [Fact]
    public void A_count_is_0_after_a_reset()
    {
        var (_, bob, _) = AddFiveCounted();

        InBatch(Store.Reset);

        Assert.Equal(0, CountWaiting(bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_is_undone()
    {
        var (ada, bob, m) = AddFiveCounted();
        Store.Begin();
        AddMessage(ada, bob, "undone");
        Store.MarkReceivedThrough(bob, m[2]);
        Assert.Equal(3, CountWaiting(bob));

        Store.Rollback();

        Assert.Equal(5, CountWaiting(bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_has_failed()
    {
        var (ada, bob, m) = AddFiveCounted();
        Store.Begin();
        Store.MarkReceivedThrough(bob, m[2]);
        Assert.Throws<StorageException>(() => AddMessage(new AccountId(99), bob, "from nobody"));
        Assert.Equal(2, CountWaiting(bob)); // a spoiled batch still shows itself, and must not outlive it

        Assert.Throws<StorageException>(Store.Commit);

        Assert.Equal(5, CountWaiting(bob));
        Send(ada, bob);
        Assert.Equal(6, CountWaiting(bob));
    }

    [Fact]
    public void A_count_up_to_a_lower_id_leaves_the_one_up_to_a_higher_as_it_is()
    {
        var (_, bob, m) = AddFiveCounted();

        Assert.Equal(2, CountWaiting(bob, m[1].Value));
        Assert.Equal(5, CountWaiting(bob));
        Assert.Equal(0, CountWaiting(bob, 0));
        Assert.Equal(4, CountWaiting(bob, m[3].Value));
        Assert.Equal(5, CountWaiting(bob, m[4].Value));
    }

    private (AccountId Ada, AccountId Bob, MessageId[] FromAdaToBob) AddFiveCounted()
    {
        var added = AddFiveMessages();
        Assert.Equal(5, CountWaiting(added.Bob));
        return added;
    }
}
