namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void History_is_what_two_sent_each_other_and_nobody_else()
    {
        var first = Send(Ada, Bob, "hello");
        Send(Ada, Eve);
        Send(Eve, Bob);
        Send(Ada, Ada);
        var second = Send(Bob, Ada, "hi");

        PairMessage[] expected =
        [
            new(first, Ada, "hello", Noon, DeliveryState.Stored), new(second, Bob, "hi", Noon, DeliveryState.Stored),
        ];

        Assert.Equal(expected, History(Ada, Bob));
        Assert.Equal(expected, History(Bob, Ada));
    }

    [Fact]
    public void History_with_oneself_shows_each_message_once()
    {
        var first = Send(Ada, Ada);
        Send(Ada, Bob);
        var second = Send(Ada, Ada);

        Assert.Equal([first, second], Ids(History(Ada, Ada)));
    }

    [Theory]
    [InlineData(5, 10, "0 1 2 3 4")]
    [InlineData(5, 2, "3 4")]
    [InlineData(3, 2, "1 2")]
    [InlineData(1, 2, "0")]
    [InlineData(0, 2, "")]
    [InlineData(5, 0, "")]
    public void History_is_read_backwards_in_pages(int before, int limit, string expected)
    {
        MessageId[] m = [Send(Ada, Bob), Send(Bob, Ada), Send(Bob, Ada), Send(Ada, Bob), Send(Ada, Bob)];

        var page = History(Bob, Ada, before < m.Length ? m[before].Value : long.MaxValue, limit);

        Assert.Equal(expected, string.Join(' ', Ids(page).Select(id => Array.IndexOf(m, id))));
    }

    [Fact]
    public void A_message_is_stored_then_delivered_then_read()
    {
        var id = Send(Ada, Bob);
        var mine = Send(Bob, Ada);

        var stored = StateOf(id);
        InBatch(() => Store.AdvanceWatermark(Bob, mine));
        var delivered = StateOf(id);
        InBatch(() => Store.MarkReadThrough(Bob, Ada, id, 1));
        var read = StateOf(id);

        Assert.Equal([DeliveryState.Stored, DeliveryState.Delivered, DeliveryState.Read], [stored, delivered, read]);
        Assert.Equal(DeliveryState.Stored, StateOf(mine)); // the other direction is not affected

        DeliveryState StateOf(MessageId of) => History(Ada, Bob).Single(message => message.Id == of).State;
    }

    [Fact]
    public void A_message_marked_past_older_ones_is_delivered_and_they_are_not()
    {
        var m = AddFiveMessages();

        InBatch(() => Store.MarkDeliveredAfter(Bob, m[3]));

        Assert.Equal(
            [.. Enumerable.Repeat(DeliveryState.Stored, 4), DeliveryState.Delivered],
            History(Ada, Bob).Select(message => message.State));
    }

    [Fact]
    public void A_message_that_is_read_first_is_still_undelivered()
    {
        var m = AddFiveMessages();

        InBatch(() => Store.MarkReadThrough(Bob, Ada, m[4], 1));

        Assert.All(History(Ada, Bob), message => Assert.Equal(DeliveryState.Read, message.State));
        Assert.Equal(5, CountUndelivered(Bob));
    }

    [Fact]
    public void A_deleted_message_is_gone_from_the_history_of_both()
    {
        var m = AddFiveMessages();

        InBatch(() => Store.DeleteAll(Bob, [m[1].Value]));

        Assert.Equal([m[0], m[2], m[3], m[4]], Ids(History(Ada, Bob)));
        Assert.Equal([m[0], m[2], m[3], m[4]], Ids(History(Bob, Ada)));
    }

    private IReadOnlyList<PairMessage> History(
        AccountId account, AccountId other, long before = long.MaxValue, int limit = 100, int maxBytes = 10_000) =>
        Reader.ReadHistory(account, other, new MessageId(before), limit, maxBytes);

    private static MessageId[] Ids(IEnumerable<PairMessage> messages) => [.. messages.Select(message => message.Id)];
}
