namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    [Fact]
    public void The_inbox_holds_what_an_account_was_sent_by_anyone_and_nothing_else()
    {
        var first = Send(Ada, Bob, "hello");
        Send(Bob, Ada);
        var second = Send(Eve, Bob, "hi");
        var own = Send(Bob, Bob, "note");

        ReceivedMessage[] expected =
        [
            new("ada", new(first, Ada, "hello", Noon, DeliveryState.Stored)),
            new("eve", new(second, Eve, "hi", Noon, DeliveryState.Stored)),
            new("bob", new(own, Bob, "note", Noon, DeliveryState.Stored)),
        ];

        Assert.Equal(expected, Inbox(after: 0));
        Assert.Equal(expected, Inbox());
    }

    [Theory]
    [InlineData(-1, null, 10, "0 1 2 3 4")]
    [InlineData(-1, null, 2, "0 1")]
    [InlineData(1, null, 2, "2 3")]
    [InlineData(4, null, 2, "")]
    [InlineData(0, 3, 10, "1 2")]
    [InlineData(0, 3, 1, "1")]
    [InlineData(null, null, 2, "3 4")]
    [InlineData(null, 3, 2, "1 2")]
    [InlineData(null, 0, 2, "")]
    [InlineData(null, null, 0, "")]
    public void The_inbox_is_read_in_pages_from_either_end(int? after, int? before, int limit, string expected)
    {
        var m = AddFiveMessages();

        var page = Inbox(IdAt(after), IdAt(before), limit: limit);

        Assert.Equal(expected, string.Join(' ', page.Select(read => Array.IndexOf(m, read.Message.Id))));

        long? IdAt(int? place) => place is { } at ? at < 0 ? m[0].Value - 1 : m[at].Value : null;
    }

    [Fact]
    public void Of_the_inbox_only_the_undelivered_are_read_if_asked()
    {
        var m = AddFiveMessages();
        InBatch(() => Store.AdvanceWatermark(Bob, m[0]));
        InBatch(() => Store.MarkDeliveredAfter(Bob, m[3]));

        Assert.Equal([m[1], m[2], m[3]], Ids(Inbox(after: 0, undeliveredOnly: true)));
        Assert.Equal([m[2], m[3]], Ids(Inbox(limit: 2, undeliveredOnly: true)));
        Assert.Equal([m[3]], Ids(Inbox(after: m[2].Value, undeliveredOnly: true)));
        Assert.Equal(
            [DeliveryState.Delivered, .. Enumerable.Repeat(DeliveryState.Stored, 3), DeliveryState.Delivered],
            Inbox().Select(read => read.Message.State));
    }

    [Fact]
    public void An_inbox_that_is_too_large_keeps_the_end_that_was_asked_for()
    {
        var m = AddFiveMessages();
        const int TwoMessages = 2 * (IChatStore.BytesBesideContent + 20);

        Assert.Equal([m[0], m[1]], Ids(Inbox(after: 0, maxBytes: TwoMessages)));
        Assert.Equal([m[3], m[4]], Ids(Inbox(maxBytes: TwoMessages)));
        Assert.Equal([m[0]], Ids(Inbox(after: 0, maxBytes: 1)));
    }

    [Fact]
    public void What_the_watermark_has_passed_is_unmarked_still_and_what_was_marked_by_itself_is_not()
    {
        var m = AddFiveMessages();
        InBatch(() => Store.MarkDeliveredAfter(Bob, m[3]));
        InBatch(() => Store.AdvanceWatermark(Bob, m[4]));

        Assert.Equal([m[1], m[2], m[3]], Ids(Store.ReadUnmarked(Bob, m[0], m[4], 100, 10_000)));
        Assert.Equal([m[1]], Ids(Store.ReadUnmarked(Bob, m[0], m[1], 100, 10_000)));
        Assert.Equal([m[1], m[2]], Ids(Store.ReadUnmarked(Bob, m[0], m[4], 2, 10_000)));
    }

    private IReadOnlyList<ReceivedMessage> Inbox(
        long? after = null, long? before = null, bool undeliveredOnly = false, int limit = 100, int maxBytes = 10_000)
    {
        var page = new InboxPage(
            new MessageId(after ?? 0), before is { } id ? new MessageId(id) : BehindAll, FromOldest: after is not null,
            undeliveredOnly, limit);
        return Reader.ReadInbox(Bob, page, maxBytes);
    }

    private static MessageId[] Ids(IEnumerable<ReceivedMessage> messages) =>
        [.. messages.Select(read => read.Message.Id)];
}
