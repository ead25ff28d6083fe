namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void Marking_returns_what_became_read_and_only_once()
    {
        var (ada, bob, m) = AddFiveMessages();

        Assert.Equal([m[0], m[1]], MarkRead(bob, ada, m[1].Value));
        Assert.Empty(MarkRead(bob, ada, m[1].Value));
        Assert.Empty(MarkRead(bob, ada, m[0].Value));
        Assert.Equal([m[2], m[3], m[4]], MarkRead(bob, ada, long.MaxValue));
    }

    [Fact]
    public void The_read_watermark_only_rises()
    {
        var (ada, bob, m) = AddFiveMessages();
        MarkRead(bob, ada, m[3].Value);

        MarkRead(bob, ada, m[0].Value);

        Assert.Equal(1, Assert.Single(Conversations(bob)).UnreadCount);
    }

    [Fact]
    public void Of_many_that_became_read_the_newest_are_returned()
    {
        var (ada, bob, m) = AddFiveMessages();

        var told = MarkRead(bob, ada, m[3].Value, limit: 2);

        Assert.Equal([m[2], m[3]], told);
        Assert.Equal(1, Assert.Single(Conversations(bob)).UnreadCount);
    }

    [Fact]
    public void A_read_watermark_above_all_ids_does_not_cover_later_messages()
    {
        var (ada, bob, _) = AddFiveMessages();
        MarkRead(bob, ada, long.MaxValue);

        var later = Send(ada, bob);

        Assert.Equal([later], MarkRead(bob, ada, long.MaxValue));
    }

    [Fact]
    public void Marking_as_read_affects_one_direction_of_one_pair()
    {
        var (ada, bob, eve) = (Add("ada"), Add("bob"), Add("eve"));
        var (toBob, toAda, fromEve) = (Send(ada, bob), Send(bob, ada), Send(eve, bob));

        Assert.Equal([toBob], MarkRead(bob, ada, long.MaxValue));

        Assert.Equal([toAda], MarkRead(ada, bob, long.MaxValue));
        Assert.Equal([fromEve], MarkRead(bob, eve, long.MaxValue));
    }

    [Fact]
    public void Marking_as_read_what_nobody_sent_does_nothing()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));

        Assert.Empty(MarkRead(bob, ada, long.MaxValue));
        Assert.Empty(MarkRead(bob, new AccountId(99), long.MaxValue));
        Assert.Empty(Conversations(bob));
    }

    [Fact]
    public void The_read_watermark_survives_reopening_and_not_a_rollback()
    {
        var (ada, bob, m) = AddFiveMessages();
        MarkRead(bob, ada, m[1].Value);
        Store.Begin();
        Store.MarkReadThrough(bob, ada, m[4], 1);
        Store.Rollback();

        Reopen();

        Assert.Equal([m[2], m[3], m[4]], MarkRead(bob, ada, long.MaxValue));
    }

    private IReadOnlyList<MessageId> MarkRead(AccountId reader, AccountId sender, long through, int limit = 256)
    {
        IReadOnlyList<MessageId> read = [];
        InBatch(() => read = Store.MarkReadThrough(reader, sender, new MessageId(through), limit));
        return read;
    }
}
