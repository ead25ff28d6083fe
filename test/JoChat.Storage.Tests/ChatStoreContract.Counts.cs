namespace JoChat.Storage.Tests;

// A count may be answered from what an earlier one found, so each of these counts, changes something and counts again.
// Changes that follow each other are left to the two models.
public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_count_grows_with_each_message_that_is_added_even_before_it_is_committed()
    {
        AddFiveCounted();
        Store.Begin();

        AddMessage(Ada, Bob, "sixth");

        Assert.Equal(6, CountUndelivered(Bob));
        AddMessage(Bob, Ada, "to another");
        Assert.Equal(6, CountUndelivered(Bob));
        AddMessage(Ada, Bob, "seventh");
        Assert.Equal(7, CountUndelivered(Bob));
    }

    [Theory]
    [InlineData("watermark", 0, 4)]
    [InlineData("watermark", 3, 1)]
    [InlineData("watermark", 4, 0)] // all that was counted
    [InlineData("marked after", 1, 2)]
    [InlineData("marked after", 3, 4)]
    [InlineData("marked after", 4, 5)] // none
    [InlineData("deleted", 0, 4)]
    [InlineData("deleted", 2, 4)]
    [InlineData("deleted", 4, 4)]
    public void A_count_falls_by_what_was_delivered_or_deleted(string change, int at, int expected)
    {
        var id = AddFiveCounted()[at];

        Store.Begin();
        if (change == "watermark") { Store.AdvanceWatermark(Bob, id); }
        if (change == "marked after") { Store.MarkDeliveredAfter(Bob, id); }
        if (change == "deleted") { Store.DeleteAll(Bob, [id.Value]); }
        Store.Commit();

        Assert.Equal(expected, CountUndelivered(Bob));
        Send(Ada, Bob);
        Assert.Equal(expected + 1, CountUndelivered(Bob));
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
        MessageId[] m = [Send(Ada, Bob), Send(Ada, Bob), Send(Ada, Bob), Send(Ada, Bob)];
        Assert.Equal((1, 4), (m[0].Value, CountUndelivered(Bob)));
        InBatch(() =>
        {
            Store.AdvanceWatermark(Bob, m[0]);
            Store.MarkDeliveredAfter(Bob, m[2]);
        });
        Send(Ada, Bob);

        Assert.Equal(expected, CountUndelivered(Bob, after: after));
        Send(Ada, Bob);
        Assert.Equal(after == long.MaxValue ? 0 : expected + 1, CountUndelivered(Bob, after: after));
        Assert.Equal(4, CountUndelivered(Bob));
    }

    [Fact]
    public void A_count_between_two_ids_includes_the_upper_and_not_the_lower()
    {
        var m = AddFiveCounted();

        Assert.Equal(2, CountUndelivered(Bob, m[1].Value));
        Assert.Equal(0, CountUndelivered(Bob, through: 0));
        Assert.Equal(2, CountUndelivered(Bob, m[3].Value, after: m[1].Value));
        Assert.Equal(0, CountUndelivered(Bob, m[1].Value, after: m[1].Value));
        Assert.Equal(0, CountUndelivered(Bob, m[1].Value, after: m[3].Value));
        Assert.Equal(3, CountUndelivered(Bob, after: m[1].Value));
        Assert.Equal(5, CountUndelivered(Bob, m[4].Value));
    }

    [Fact]
    public void A_count_is_the_same_before_and_after_a_pending_watermark_is_written()
    {
        var m = AddFiveCounted();
        Assert.Equal(2, CountUndelivered(Bob, after: m[2].Value));

        InBatch(() => Store.AdvanceWatermark(Bob, m[2]));

        Assert.Equal(2, CountUndelivered(Bob, after: m[2].Value));
        Assert.Equal(2, CountUndelivered(Bob, after: m[0].Value));
        Assert.Equal(2, CountUndelivered(Bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_is_rolled_back()
    {
        var m = AddFiveCounted();
        Store.Begin();
        AddMessage(Ada, Bob, "rolled back");
        Store.AdvanceWatermark(Bob, m[2]);
        Assert.Equal(3, CountUndelivered(Bob));

        Store.Rollback();

        Assert.Equal(5, CountUndelivered(Bob));
    }

    [Fact]
    public void A_count_is_as_before_when_the_batch_has_failed()
    {
        var m = AddFiveCounted();
        Store.Begin();
        Store.AdvanceWatermark(Bob, m[2]);
        Assert.Equal(2, CountUndelivered(Bob)); // what is read here must not be kept
        FailWrite();

        Assert.Throws<StorageException>(Store.Commit);

        Assert.Equal(5, CountUndelivered(Bob));
        Send(Ada, Bob);
        Assert.Equal(6, CountUndelivered(Bob));
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

    private MessageId[] AddFiveCounted()
    {
        var added = AddFiveMessages();
        Assert.Equal(5, CountUndelivered(Bob));
        return added;
    }
}
