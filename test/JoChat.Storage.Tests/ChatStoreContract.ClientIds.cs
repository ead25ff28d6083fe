namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)] // in the batch of the first
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_retry_stores_nothing_and_its_commit_tells_the_first_result(bool inOneBatch, bool isReadBetween)
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        Store.Begin();
        var first = Offer(ada, bob, "hello", "c1");
        if (!inOneBatch) { CommitAndBegin(); }

        var second = Offer(ada, bob, "hello", "c1", Noon.AddHours(1));
        if (isReadBetween) { Assert.Equal([first], Ids(Undelivered(bob))); }
        var third = Offer(ada, bob, "hello", "c1", Noon.AddHours(2));
        var sentBefore = Store.Commit();

        Assert.Equal([second, third], sentBefore.Keys.OrderBy(id => id.Value));
        Assert.All(sentBefore.Values, found => Assert.Equal(new FirstSend(first, Noon, IsSame: true), found));
        Assert.Equal(third, Store.LastMessageId);
        Assert.Equal([first], Ids(Undelivered(bob)));
        Assert.Empty(InBatch(() => Offer(ada, bob, "hello", "c2")));
    }

    [Fact]
    public void Another_message_under_a_used_client_id_is_not_the_same()
    {
        var (ada, bob, eve) = (Add("ada"), Add("bob"), Add("eve"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));

        var again = InBatch(() =>
        {
            Offer(ada, bob, "hallo", "c1");
            Offer(ada, eve, "hello", "c1");
        });

        Assert.Equal(2, again.Count);
        Assert.All(again.Values, first => Assert.Equal(new FirstSend(new MessageId(1), Noon, IsSame: false), first));
        Assert.Single(Undelivered(bob));
        Assert.Empty(Undelivered(eve));
    }

    [Fact]
    public void Client_ids_are_per_sender_and_compared_exactly()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));

        var sentBefore = InBatch(() =>
        {
            Offer(bob, bob, "hello", "c1");
            foreach (var clientId in (string[])["c1", "C1", "c1\0", "c1\u0001", "é1", "e\u03011", "1", "01"])
            {
                Offer(ada, bob, "hello", clientId);
            }
        });

        Assert.Empty(sentBefore);
        Assert.Equal(9, CountUndelivered(bob));
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

        Assert.True(OfferAlone(ada, bob, content, "c1")?.IsSame);
        Assert.False(OfferAlone(ada, bob, content + "x", "c1")?.IsSame);
    }

    [Fact]
    public void A_client_id_stays_used_after_the_message_is_deleted_and_after_reopening()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        InBatch(() => Offer(ada, bob, "hello", "c1"));
        InBatch(() => Store.DeleteAll(bob, [1]));
        Reopen();

        Assert.Equal(new FirstSend(new MessageId(1), Noon, IsSame: true), OfferAlone(ada, bob, "hello", "c1"));
        Assert.Empty(Undelivered(bob));
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

        Assert.Equal([4, 5, 6, 7, 8], Enumerable.Range(0, 9).Where(
            day => OfferAlone(senders[day % 3], Bob, "hello", $"c{day}", Noon.AddDays(9)) is not null));
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

        Assert.NotNull(OfferAlone(ada, bob, "hello", "c1"));
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
    private MessageId Offer(
        AccountId sender, AccountId recipient, string content, string clientId, DateTimeOffset? sentAt = null)
    {
        var id = new MessageId(Store.LastMessageId.Value + 1);
        Store.AddMessage(new NewMessage(id, sender, recipient, content, sentAt ?? Noon, clientId));
        return id;
    }

    /// <summary>The same in a batch of its own.</summary>
    /// <returns>What was first stored; null if this was.</returns>
    private FirstSend? OfferAlone(
        AccountId sender, AccountId recipient, string content, string clientId, DateTimeOffset? sentAt = null)
    {
        MessageId id = default;
        var sentBefore = InBatch(() => id = Offer(sender, recipient, content, clientId, sentAt));
        return sentBefore.TryGetValue(id, out var first) ? first : null;
    }

    private void CommitAndBegin()
    {
        Store.Commit();
        Store.Begin();
    }
}
