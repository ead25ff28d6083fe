namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void Marking_returns_what_became_read_and_only_once()
    {
        var m = AddFiveMessages();

        Assert.Equal([m[0], m[1]], MarkRead(Bob, Ada, m[1].Value));
        Assert.Empty(MarkRead(Bob, Ada, m[1].Value));
        Assert.Empty(MarkRead(Bob, Ada, m[0].Value));
        Assert.Equal([m[2], m[3], m[4]], MarkRead(Bob, Ada, long.MaxValue));
    }

    [Fact]
    public void Of_many_that_became_read_the_newest_are_returned()
    {
        var m = AddFiveMessages();

        var told = MarkRead(Bob, Ada, m[3].Value, limit: 2);

        Assert.Equal([m[2], m[3]], told);
        Assert.Equal(1, Assert.Single(Conversations(Bob)).UnreadCount);
    }

    [Fact]
    public void A_read_watermark_above_all_ids_does_not_cover_later_messages()
    {
        AddFiveMessages();
        MarkRead(Bob, Ada, long.MaxValue);

        var later = Send(Ada, Bob);

        Assert.Equal([later], MarkRead(Bob, Ada, long.MaxValue));
    }

    [Fact]
    public void Marking_as_read_affects_one_direction_of_one_pair()
    {
        var (toBob, toAda, fromEve) = (Send(Ada, Bob), Send(Bob, Ada), Send(Eve, Bob));

        Assert.Equal([toBob], MarkRead(Bob, Ada, long.MaxValue));

        Assert.Equal([toAda], MarkRead(Ada, Bob, long.MaxValue));
        Assert.Equal([fromEve], MarkRead(Bob, Eve, long.MaxValue));
    }

    [Fact]
    public void Marking_as_read_what_nobody_sent_does_nothing()
    {
        Assert.Empty(MarkRead(Bob, Ada, long.MaxValue));
        Assert.Empty(MarkRead(Bob, new AccountId(99), long.MaxValue));
        Assert.Empty(Conversations(Bob));
    }

    [Fact]
    public void The_read_watermark_survives_reopening_and_not_a_rollback()
    {
        var m = AddFiveMessages();
        MarkRead(Bob, Ada, m[1].Value);
        Store.Begin();
        Store.MarkReadThrough(Bob, Ada, m[4], 1);
        Store.Rollback();

        Reopen();

        Assert.Equal([m[2], m[3], m[4]], MarkRead(Bob, Ada, long.MaxValue));
    }

    private IReadOnlyList<MessageId> MarkRead(AccountId reader, AccountId sender, long through, int limit = 256)
    {
        IReadOnlyList<MessageId> read = [];
        InBatch(() => read = Store.MarkReadThrough(reader, sender, new MessageId(through), limit));
        return read;
    }
}
