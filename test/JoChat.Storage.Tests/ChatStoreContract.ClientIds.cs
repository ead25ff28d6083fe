namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // in the batch of the first
    public void A_retry_stores_nothing_and_gets_the_first_result(bool inOneBatch)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        Store.Begin();
        var first = Offer(ada, bob, "hello", "c1");
        if (!inOneBatch) { CommitAndBegin(); }
        var (firstId, last) = (Store.LastMessageId, Store.LastMessageId);

        var second = Offer(ada, bob, "hello", "c1", Noon.AddHours(1));
        Store.Commit();

        Assert.Null(first);
        Assert.Equal(new FirstSend(firstId, Noon, IsSame: true), second);
        Assert.Equal(last, Store.LastMessageId);
        Assert.Equal([firstId], Ids(Undelivered(bob)));
    }

    [Fact]
    public void Another_message_under_a_used_client_id_is_not_the_same()
    {
        var (ada, bob, eve) = (Add("ada"), Add("bob"), Add("eve"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));

        FirstSend?[] again = [];
        InBatch(() => again = [Offer(ada, bob, "hallo", "c1"), Offer(ada, eve, "hello", "c1")]);

        Assert.All(again, first => Assert.Equal(new FirstSend(new MessageId(1), Noon, IsSame: false), first));
        Assert.Single(Undelivered(bob));
        Assert.Empty(Undelivered(eve));
    }

    [Fact]
    public void Client_ids_are_per_sender_and_compared_exactly()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));

        InBatch(() =>
        {
            Assert.Null(Offer(ada, bob, "hello", "c1"));
            Assert.Null(Offer(bob, bob, "hello", "c1"));
            Assert.Null(Offer(ada, bob, "hello", "C1"));
            Assert.Null(Offer(ada, bob, "hello", "c1\0"));
            Assert.Null(Offer(ada, bob, "hello", "é1"));
            Assert.Null(Offer(ada, bob, "hello", "e\u03011"));
            Assert.Null(Offer(ada, bob, "hello", "1"));
            Assert.Null(Offer(ada, bob, "hello", "01"));
        });

        Assert.Equal(8, CountUndelivered(bob));
    }

    [Fact]
    public void Messages_without_a_client_id_are_never_the_same()
    {
        Send(Ada, Bob, "hello");
        Send(Ada, Bob, "hello");

        Assert.Equal(2, CountUndelivered(Bob));
    }

    [Theory]
    [InlineData("")]
    [InlineData("é🎉\0")]
    [InlineData(null)] // a long one
    public void Content_of_any_length_is_recognized(string? content)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        content ??= new string('é', 40_000);
        InBatch(() => Offer(ada, bob, content, "c1"));

        FirstSend?[] again = [];
        InBatch(() => again = [Offer(ada, bob, content, "c1"), Offer(ada, bob, content + "x", "c1")]);

        Assert.Equal([true, false], again.Select(first => first?.IsSame));
    }

    [Fact]
    public void A_client_id_stays_used_after_the_message_is_deleted_and_after_reopening()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));
        InBatch(() => Store.DeleteAll(bob, [1]));
        Reopen();

        FirstSend? again = null;
        InBatch(() => again = Offer(ada, bob, "hello", "c1"));

        Assert.Equal(new FirstSend(new MessageId(1), Noon, IsSame: true), again);
        Assert.Empty(Undelivered(bob));
    }

    [Fact]
    public void The_id_of_a_message_that_was_not_added_may_be_given_to_the_next()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));

        InBatch(() =>
        {
            Assert.NotNull(Store.AddMessage(new NewMessage(new MessageId(2), ada, bob, "hello", Noon, "c1")));
            Assert.Null(Store.AddMessage(new NewMessage(new MessageId(2), ada, bob, "next", Noon, "c2")));
        });

        Assert.Equal(["hello", "next"], Undelivered(bob).Select(message => message.Content));
    }

    [Fact]
    public void Client_ids_from_before_a_time_are_forgotten_and_no_others()
    {
        AccountId[] senders = [Ada, Bob, Eve];
        InBatch(() =>
        {
            for (var day = 0; day < 9; day++) { Offer(senders[day % 3], Bob, "hello", $"c{day}", Noon.AddDays(day)); }
        });

        Assert.Equal(4, ForgetBefore(Noon.AddDays(4)));
        Assert.Equal(0, ForgetBefore(Noon.AddDays(4)));

        InBatch(() => Assert.Equal([4, 5, 6, 7, 8], Enumerable.Range(0, 9).Where(
            day => Offer(senders[day % 3], Bob, "hello", $"c{day}", Noon.AddDays(9)) is not null)));
        Assert.Equal(13, CountUndelivered(Bob));
        Assert.Equal(9, ForgetBefore(Noon.AddDays(10)));
    }

    [Fact]
    public void What_was_forgotten_in_a_batch_that_is_rolled_back_is_known()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));
        Store.Begin();
        Store.HasExpiredClientIds(Noon.AddDays(1));
        Assert.Equal(1, Store.DeleteExpiredClientIds(Noon.AddDays(1)));
        Store.Rollback();

        InBatch(() => Assert.NotNull(Offer(ada, bob, "hello", "c1")));
        Assert.Equal(1, ForgetBefore(Noon.AddDays(1)));
    }

    // Goes around all that there are.
    private int ForgetBefore(DateTimeOffset before)
    {
        var forgotten = 0;
        for (var slice = 0; slice < 10; slice++)
        {
            if (!Store.HasExpiredClientIds(before)) { continue; }
            InBatch(() =>
            {
                var deleted = Store.DeleteExpiredClientIds(before);
                Assert.InRange(deleted, 1, 1024);
                forgotten += deleted;
            });
        }
        return forgotten;
    }

    /// <summary>Adds a message with the next id and a client id, in the open batch.</summary>
    private FirstSend? Offer(
        AccountId sender, AccountId recipient, string content, string clientId, DateTimeOffset? sentAt = null) =>
        Store.AddMessage(new NewMessage(
            new MessageId(Store.LastMessageId.Value + 1), sender, recipient, content, sentAt ?? Noon, clientId));

    private void CommitAndBegin()
    {
        Store.Commit();
        Store.Begin();
    }
}
