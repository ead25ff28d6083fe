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
        Send(Ada, Bob, content);

        Assert.Equal(content, Assert.Single(Undelivered(Bob)).Content);
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
        var id = Send(Ada, Bob);

        Assert.Equal([id], Ids(Undelivered(Bob)));
        Assert.Empty(Delivered(Bob));
        Assert.Empty(Undelivered(Ada));
        Assert.Equal(0, CountUndelivered(Ada));
        var note = Send(Ada, Ada); // one to oneself is like others
        Assert.Equal([note], Ids(Undelivered(Ada)));
    }

    [Fact]
    public void The_watermark_covers_what_it_has_reached_and_no_more()
    {
        var m = AddFiveMessages();
        var toAda = Send(Bob, Ada);

        InBatch(() => Store.AdvanceWatermark(Bob, m[1]));

        Assert.Equal([m[0], m[1]], Ids(Delivered(Bob)));
        Assert.Equal([m[2], m[3], m[4]], Ids(Undelivered(Bob)));
        Assert.Equal(3, CountUndelivered(Bob));
        Assert.Equal([toAda], Ids(Undelivered(Ada)));
        InBatch(() => Store.AdvanceWatermark(Bob, m[0])); // it only rises
        Assert.Equal([m[2], m[3], m[4]], Ids(Undelivered(Bob)));
    }

    [Fact]
    public void A_watermark_above_all_ids_does_not_cover_later_messages()
    {
        AddFiveMessages();
        InBatch(() => Store.AdvanceWatermark(Bob, new MessageId(long.MaxValue)));

        var later = Send(Ada, Bob);

        Assert.Equal([later], Ids(Undelivered(Bob)));
    }

    [Fact]
    public void Marking_past_older_messages_leaves_them_undelivered()
    {
        var m = AddFiveMessages();
        var toAda = Send(Bob, Ada);

        InBatch(() => Store.MarkDeliveredAfter(Bob, m[2]));

        Assert.Equal([m[3], m[4]], Ids(Delivered(Bob)));
        Assert.Equal([m[0], m[1], m[2]], Ids(Undelivered(Bob)));
        Assert.Equal(3, CountUndelivered(Bob));
        Assert.Equal([toAda], Ids(Undelivered(Ada)));
    }

    [Fact]
    public void A_message_sent_after_marking_past_older_ones_is_undelivered()
    {
        var m = AddFiveMessages();
        InBatch(() => Store.MarkDeliveredAfter(Bob, m[4]));

        var later = Send(Ada, Bob);

        Assert.Contains(later, Ids(Undelivered(Bob)));
    }

    [Fact]
    public void Watermark_and_marked_messages_survive_reopening()
    {
        var m = AddFiveMessages();
        InBatch(() =>
        {
            Store.AdvanceWatermark(Bob, m[0]);
            Store.MarkDeliveredAfter(Bob, m[3]);
        });

        Reopen();

        Assert.Equal([m[0], m[4]], Ids(Delivered(Bob)));
        Assert.Equal([m[1], m[2], m[3]], Ids(Undelivered(Bob)));
    }

    [Theory]
    [InlineData(-1, 3, 100, "0 1 2 3")]
    [InlineData(1, 3, 100, "2 3")]
    [InlineData(3, 3, 100, "")]
    [InlineData(-1, 4, 0, "")]
    [InlineData(-1, 4, 1, "0")]
    [InlineData(-1, 4, 5, "0 1 2 3 4")]
    public void Undelivered_messages_are_read_between_ids_up_to_a_limit(
        int after, int through, int limit, string expected)
    {
        var m = AddFiveMessages();

        var read = Undelivered(Bob, after < 0 ? 0 : m[after].Value, m[through].Value, limit);

        Assert.Equal(expected, string.Join(' ', Ids(read).Select(id => Array.IndexOf(m, id))));
    }

    [Theory]
    [InlineData(0, 1)] // the first always comes
    [InlineData(103, 1)]
    [InlineData(203, 1)]
    [InlineData(204, 2)] // 3 + 1 bytes of content, and 100 for each message
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    public void Every_list_stops_before_it_exceeds_the_bytes(int maxBytes, int count)
    {
        MessageId[] m = [Send(Ada, Bob, "aé"), Send(Ada, Bob, "b"), Send(Ada, Bob, "cé")]; // é is 2 bytes
        Send(Eve, Ada, "aé");
        Send(Eve, Bob, "b");
        Send(Eve, Add("cid"), "cé");
        string[] conversations = ["cid", "bob", "ada"];

        Assert.Equal(m[..count], Ids(Undelivered(Bob, through: m[2].Value, maxBytes: maxBytes)));
        Assert.Equal(m[^count..], Ids(History(Ada, Bob, maxBytes: maxBytes)));
        Assert.Equal(conversations[..count], Names(Conversations(Eve, maxBytes: maxBytes)));
        InBatch(() => Store.AdvanceWatermark(Bob, m[2]));
        Assert.Equal(m[^count..], Ids(Delivered(Bob, maxBytes: maxBytes)));
    }

    [Fact]
    public void Live_messages_count_as_delivered_before_they_are_marked()
    {
        var m = AddFiveMessages();
        InBatch(() => Store.AdvanceWatermark(Bob, m[0]));

        Assert.Equal([m[0], m[3], m[4]], Ids(Delivered(Bob, liveAfter: m[2].Value)));
    }

    [Fact]
    public void A_message_is_shown_under_its_senders_name()
    {
        Send(Ada, Bob);
        Send(Eve, Bob);

        Assert.Equal(["ada", "eve"], Undelivered(Bob).Select(message => message.Sender));
    }

    [Fact]
    public void Only_what_the_recipient_was_sent_is_deleted_and_counted()
    {
        var m = AddFiveMessages();
        var toAda = Send(Bob, Ada);
        InBatch(() => Store.AdvanceWatermark(Bob, m[0]));

        var deleted = 0;
        InBatch(() => deleted = Store.DeleteAll(
            Bob, [m[0].Value, m[1].Value, m[1].Value, toAda.Value, long.MaxValue, -1])); // delivered, undelivered, twice, …

        Assert.Equal(2, deleted);
        Assert.Equal([m[2], m[3], m[4]], Ids(Undelivered(Bob)));
        Assert.Empty(Delivered(Bob));
        Assert.Equal([toAda], Ids(Undelivered(Ada)));
    }

    /// <summary>Stores five messages from Ada to Bob.</summary>
    private MessageId[] AddFiveMessages() => [.. Enumerable.Range(0, 5).Select(_ => Send(Ada, Bob))];
}
