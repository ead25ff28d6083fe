namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("héllo 🎉 \u202e")]
    [InlineData("a\0b")] // NUL is a character like others
    [InlineData("line\r\nline\t'quoted' \"twice\" \\ %")]
    public void Content_comes_back_as_it_was_stored(string content)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));

        Send(ada, bob, content);

        Assert.Equal(content, Assert.Single(Undelivered(bob)).Content);
    }

    [Fact]
    public void The_time_of_a_message_comes_back_to_the_millisecond_and_in_UTC()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        var local = Noon.ToOffset(TimeSpan.FromHours(2));

        InBatch(() => Store.AddMessage(new NewMessage(new MessageId(1), ada, bob, "hello", local)));

        var sentAt = Assert.Single(Undelivered(bob)).SentAt;
        Assert.Equal(Noon, sentAt);
        Assert.Equal(TimeSpan.Zero, sentAt.Offset);
    }

    [Fact]
    public void A_new_message_is_undelivered_to_its_recipient_alone()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));

        var id = Send(ada, bob);

        Assert.Equal([id], Ids(Undelivered(bob)));
        Assert.Empty(Delivered(bob));
        Assert.Empty(Undelivered(ada));
        Assert.Equal(0, CountUndelivered(ada));
    }

    [Fact]
    public void A_message_to_oneself_is_undelivered_like_others()
    {
        var ada = Add("ada");

        var id = Send(ada, ada);

        Assert.Equal([id], Ids(Undelivered(ada)));
    }

    [Fact]
    public void The_watermark_covers_what_it_has_reached_and_no_more()
    {
        var (ada, bob, m) = AddFiveMessages();
        var toAda = Send(bob, ada);

        InBatch(() => Store.AdvanceWatermark(bob, m[1]));

        Assert.Equal([m[0], m[1]], Ids(Delivered(bob)));
        Assert.Equal([m[2], m[3], m[4]], Ids(Undelivered(bob)));
        Assert.Equal(3, CountUndelivered(bob));
        Assert.Equal([toAda], Ids(Undelivered(ada)));
    }

    [Fact]
    public void The_watermark_only_rises()
    {
        var (_, bob, m) = AddFiveMessages();

        InBatch(() => Store.AdvanceWatermark(bob, m[3]));
        InBatch(() => Store.AdvanceWatermark(bob, m[0]));

        Assert.Equal([m[4]], Ids(Undelivered(bob)));
    }

    [Fact]
    public void A_watermark_above_all_ids_does_not_cover_later_messages()
    {
        var (ada, bob, _) = AddFiveMessages();
        InBatch(() => Store.AdvanceWatermark(bob, new MessageId(long.MaxValue)));

        var later = Send(ada, bob);

        Assert.Equal([later], Ids(Undelivered(bob)));
    }

    [Fact]
    public void Marking_past_older_messages_leaves_them_undelivered()
    {
        var (ada, bob, m) = AddFiveMessages();
        var toAda = Send(bob, ada);

        InBatch(() => Store.MarkDeliveredAfter(bob, m[2]));

        Assert.Equal([m[3], m[4]], Ids(Delivered(bob)));
        Assert.Equal([m[0], m[1], m[2]], Ids(Undelivered(bob)));
        Assert.Equal(3, CountUndelivered(bob));
        Assert.Equal([toAda], Ids(Undelivered(ada)));
    }

    [Fact]
    public void A_message_sent_after_marking_past_older_ones_is_undelivered()
    {
        var (ada, bob, m) = AddFiveMessages();
        InBatch(() => Store.MarkDeliveredAfter(bob, m[4]));

        var later = Send(ada, bob);

        Assert.Contains(later, Ids(Undelivered(bob)));
    }

    [Fact]
    public void Watermark_and_marked_messages_survive_reopening()
    {
        var (_, bob, m) = AddFiveMessages();
        InBatch(() =>
        {
            Store.AdvanceWatermark(bob, m[0]);
            Store.MarkDeliveredAfter(bob, m[3]);
        });

        Reopen();

        Assert.Equal([m[0], m[4]], Ids(Delivered(bob)));
        Assert.Equal([m[1], m[2], m[3]], Ids(Undelivered(bob)));
    }

    [Theory]
    [InlineData(-1, 3, 100, "0 1 2 3")]
    [InlineData(1, 3, 100, "2 3")]
    [InlineData(3, 3, 100, "")]
    [InlineData(-1, 4, 0, "")]
    [InlineData(-1, 4, 1, "0")]
    [InlineData(-1, 4, 5, "0 1 2 3 4")]
    public void Undelivered_messages_are_read_between_two_ids_up_to_a_limit(int after, int through, int limit, string expected)
    {
        var (_, bob, m) = AddFiveMessages();

        var read = Undelivered(bob, after < 0 ? 0 : m[after].Value, m[through].Value, limit);

        Assert.Equal(expected, string.Join(' ', Ids(read).Select(id => Array.IndexOf(m, id))));
    }

    [Theory]
    [InlineData(0, 1)] // the first always comes
    [InlineData(103, 1)]
    [InlineData(203, 1)]
    [InlineData(204, 2)] // 3 + 1 bytes of content, and 100 per message
    [InlineData(305, 3)]
    public void Undelivered_messages_stop_before_they_exceed_the_bytes(int maxBytes, int expected)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        MessageId[] m = [Send(ada, bob, "aé"), Send(ada, bob, "b"), Send(ada, bob, "c")]; // é is 2 bytes

        Assert.Equal(m[..expected], Ids(Undelivered(bob, maxBytes: maxBytes)));
    }

    [Theory]
    [InlineData(0, 1)] // the newest always comes
    [InlineData(103, 1)]
    [InlineData(203, 1)]
    [InlineData(204, 2)] // 3 + 1 bytes of content, and 100 per message
    [InlineData(305, 3)]
    public void Of_delivered_messages_the_newest_that_fit_are_kept(int maxBytes, int expected)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        MessageId[] m = [Send(ada, bob, "a"), Send(ada, bob, "b"), Send(ada, bob, "cé")]; // é is 2 bytes
        InBatch(() => Store.AdvanceWatermark(bob, m[2]));

        Assert.Equal(m[^expected..], Ids(Delivered(bob, maxBytes: maxBytes)));
    }

    [Fact]
    public void Live_messages_count_as_delivered_before_they_are_marked()
    {
        var (_, bob, m) = AddFiveMessages();
        InBatch(() => Store.AdvanceWatermark(bob, m[0]));

        Assert.Equal([m[0], m[3], m[4]], Ids(Delivered(bob, liveAfter: m[2].Value)));
    }

    [Fact]
    public void A_message_is_shown_under_its_senders_name()
    {
        var (ada, bob, eve) = (Add("ada"), Add("bob"), Add("eve"));
        Send(ada, bob);
        Send(eve, bob);

        Assert.Equal(["ada", "eve"], Undelivered(bob).Select(message => message.Sender));
    }

    [Fact]
    public void Only_what_the_recipient_was_sent_is_deleted_and_counted()
    {
        var (ada, bob, m) = AddFiveMessages();
        var toAda = Send(bob, ada);
        InBatch(() => Store.AdvanceWatermark(bob, m[0]));

        var deleted = 0;
        InBatch(() => deleted = Store.DeleteMessages(
            bob, [m[0].Value, m[1].Value, m[1].Value, toAda.Value, long.MaxValue, -1])); // delivered, undelivered, twice, …

        Assert.Equal(2, deleted);
        Assert.Equal([m[2], m[3], m[4]], Ids(Undelivered(bob)));
        Assert.Empty(Delivered(bob));
        Assert.Equal([toAda], Ids(Undelivered(ada)));
    }

    private (AccountId Ada, AccountId Bob, MessageId[] FromAdaToBob) AddFiveMessages()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        return (ada, bob, [.. Enumerable.Range(0, 5).Select(_ => Send(ada, bob))]);
    }
}
