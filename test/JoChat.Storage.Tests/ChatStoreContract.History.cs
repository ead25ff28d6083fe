namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void History_is_what_two_sent_each_other_and_nobody_else()
    {
        var (ada, bob, eve) = (Add("ada"), Add("bob"), Add("eve"));
        var first = Send(ada, bob, "hello");
        Send(ada, eve);
        Send(eve, bob);
        Send(ada, ada);
        var second = Send(bob, ada, "hi");

        PairMessage[] expected =
        [
            new(first, ada, "hello", Noon, DeliveryState.Stored), new(second, bob, "hi", Noon, DeliveryState.Stored),
        ];

        Assert.Equal(expected, History(ada, bob));
        Assert.Equal(expected, History(bob, ada));
    }

    [Fact]
    public void History_with_oneself_shows_each_message_once()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        var first = Send(ada, ada);
        Send(ada, bob);
        var second = Send(ada, ada);

        Assert.Equal([first, second], Ids(History(ada, ada)));
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
        var (ada, bob) = (Add("ada"), Add("bob"));
        MessageId[] m = [Send(ada, bob), Send(bob, ada), Send(bob, ada), Send(ada, bob), Send(ada, bob)];

        var page = History(bob, ada, before < m.Length ? m[before].Value : long.MaxValue, limit);

        Assert.Equal(expected, string.Join(' ', Ids(page).Select(id => Array.IndexOf(m, id))));
    }

    [Theory]
    [InlineData(0, 1)] // the newest always comes
    [InlineData(203, 1)]
    [InlineData(204, 2)] // 3 + 1 bytes of content, and 100 for each message
    [InlineData(305, 3)]
    public void Of_a_history_the_newest_that_fit_are_kept(int maxBytes, int expected)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        MessageId[] m = [Send(ada, bob, "a"), Send(bob, ada, "b"), Send(ada, bob, "cé")]; // é is 2 bytes

        Assert.Equal(m[^expected..], Ids(History(ada, bob, maxBytes: maxBytes)));
    }

    [Fact]
    public void A_message_is_stored_then_delivered_then_read()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        var id = Send(ada, bob);
        var mine = Send(bob, ada);

        var stored = StateOf(id);
        InBatch(() => Store.AdvanceWatermark(bob, mine));
        var delivered = StateOf(id);
        InBatch(() => Store.MarkReadThrough(bob, ada, id, 1));
        var read = StateOf(id);

        Assert.Equal([DeliveryState.Stored, DeliveryState.Delivered, DeliveryState.Read], [stored, delivered, read]);
        Assert.Equal(DeliveryState.Stored, StateOf(mine)); // the other direction is not affected

        DeliveryState StateOf(MessageId of) => History(ada, bob).Single(message => message.Id == of).State;
    }

    [Fact]
    public void A_message_marked_past_older_ones_is_delivered_and_they_are_not()
    {
        var (ada, bob, m) = AddFiveMessages();

        InBatch(() => Store.MarkDeliveredAfter(bob, m[3]));

        Assert.Equal(
            [.. Enumerable.Repeat(DeliveryState.Stored, 4), DeliveryState.Delivered],
            History(ada, bob).Select(message => message.State));
    }

    [Fact]
    public void A_message_that_is_read_first_is_still_undelivered()
    {
        var (ada, bob, m) = AddFiveMessages();

        InBatch(() => Store.MarkReadThrough(bob, ada, m[4], 1));

        Assert.All(History(ada, bob), message => Assert.Equal(DeliveryState.Read, message.State));
        Assert.Equal(5, CountUndelivered(bob));
    }

    [Fact]
    public void A_deleted_message_is_gone_from_the_history_of_both()
    {
        var (ada, bob, m) = AddFiveMessages();

        InBatch(() => Store.DeleteMessages(bob, [m[1].Value]));

        Assert.Equal([m[0], m[2], m[3], m[4]], Ids(History(ada, bob)));
        Assert.Equal([m[0], m[2], m[3], m[4]], Ids(History(bob, ada)));
    }

    private IReadOnlyList<PairMessage> History(
        AccountId account, AccountId other, long before = long.MaxValue, int limit = 100, int maxBytes = 10_000) =>
        Reader.ReadHistory(account, other, new MessageId(before), limit, maxBytes);

    private static MessageId[] Ids(IEnumerable<PairMessage> messages) => [.. messages.Select(message => message.Id)];
}
