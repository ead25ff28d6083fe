namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void What_was_committed_is_there_after_reopening()
    {
        var id = Send(Ada, Bob, "hello");

        Reopen();

        Assert.Equal(new Account(Ada, "ada", "hash of ada"), Store.FindAccount("ADA"));
        Assert.Equal([new StoredMessage(id, Ada, "ada", "hello", Noon)], Undelivered(Bob));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_not_committed_is_gone_after_a_rollback_or_reopening(bool isReopened)
    {
        var kept = Send(Ada, Bob);

        Store.Begin();
        Offer(Ada, Bob, "undone", "c1");
        Store.AddAccount("eve", "EVE", "hash", Noon);
        Store.SetPasswordHash(Ada, "other");
        Store.AdvanceWatermark(Bob, kept);
        if (isReopened) { Reopen(); }
        else { Store.Rollback(); }

        Assert.Equal([kept], Ids(Undelivered(Bob)));
        Assert.Null(Store.FindAccount("EVE"));
        Assert.Equal("hash of ada", Store.FindAccount("ADA")?.PasswordHash);
        Assert.Null(OfferAlone(Ada, Bob, "hello", "c1")); // the client id is free
    }

    [Fact]
    public void Reads_see_the_batch_that_is_open()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        Store.Begin();
        var id = AddMessage(ada, bob, "hello");

        Assert.Equal([id], Ids(Undelivered(bob)));
        Assert.Equal(1, CountUndelivered(bob));
    }

    [Fact]
    public void Rolling_back_without_a_batch_does_nothing()
    {
        Store.Rollback();

        Add("ada");
        Assert.NotNull(Store.FindAccount("ADA"));
    }

    [Fact]
    public void Writing_without_a_batch_and_beginning_twice_are_our_fault()
    {
        Assert.Throws<InvalidOperationException>(() => Store.Reset());
        Assert.Throws<InvalidOperationException>(() => Store.Commit());
        Assert.Throws<InvalidOperationException>(() => AddMessage(new AccountId(1), new AccountId(1), "hello"));
        Assert.Throws<InvalidOperationException>(
            () => Store.MarkReadThrough(new AccountId(1), new AccountId(2), new MessageId(1), 1));
        Assert.Throws<InvalidOperationException>(() => Store.AddLogin(New(Ada, 1), 1));
        Assert.Throws<InvalidOperationException>(() => Store.UseToken(new StoredToken([1], []), new TokenUse(Noon)));
        Assert.Throws<InvalidOperationException>(() => Store.OfferToken(new LoginId(1), [1], Noon, 1));
        Assert.Throws<InvalidOperationException>(() => Store.RevokeLogin(Ada, new LoginId(1)));
        Assert.Throws<InvalidOperationException>(() => Store.RevokeLogins(Ada));
        Assert.Throws<InvalidOperationException>(() => Store.HoldName("ada", "ADA", Noon));
        Assert.Throws<InvalidOperationException>(() => Store.ReleaseNames(Noon, 1));
        Assert.Throws<InvalidOperationException>(() => Store.DeleteExpiredLogins(Noon, 1));
        Store.Begin();
        Assert.Throws<InvalidOperationException>(() => Store.Begin());
    }

    [Fact]
    public void Asking_for_less_than_nothing_is_our_fault()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Undelivered(new AccountId(1), limit: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reader.ListAccounts("%", -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reader.ListAccounts("%", 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => History(new AccountId(1), new AccountId(2), limit: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversations(new AccountId(1), limit: -1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => InBatch(() => Store.MarkReadThrough(new AccountId(1), new AccountId(2), new MessageId(1), 0)));
        Store.Rollback();
        Assert.Throws<ArgumentOutOfRangeException>(() => AddToken(new AccountId(1), 1, keep: 0));
        Store.Rollback();
        Assert.Throws<ArgumentOutOfRangeException>(() => Offer(new LoginId(1), 1, keep: 0));
        Store.Rollback();
        Assert.Throws<ArgumentOutOfRangeException>(() => Store.ListLogins(Ada, Noon, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => InBatch(() => Store.ReleaseNames(Noon, -1)));
        Store.Rollback();
        Assert.Throws<ArgumentOutOfRangeException>(() => InBatch(() => Store.DeleteExpiredLogins(Noon, -1)));
    }

    [Fact]
    public void A_failed_write_spoils_its_batch_and_no_other()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        Store.Begin();
        AddMessage(ada, bob, "before");
        FailWrite();

        Assert.Throws<StorageException>(() => AddMessage(ada, bob, "after"));
        Assert.Throws<StorageException>(() => Store.Commit());

        Assert.Empty(Undelivered(bob));
        var next = Send(ada, bob);
        Assert.Equal([next], Ids(Undelivered(bob)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_last_id_survives_deletion_and_reset_and_reopening(bool isReset)
    {
        Assert.Equal(0, Store.LastMessageId.Value);
        var (ada, bob) = (Add("ada"), Add("bob"));
        var last = Send(ada, bob);
        InBatch(isReset ? Store.Reset : () => Store.DeleteAll(bob, [last.Value]));

        Reopen();

        Assert.Equal(last, Store.LastMessageId);
    }

    [Fact]
    public void The_id_of_a_message_that_was_rolled_back_is_not_given_again()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));
        Store.Begin();
        var rolledBack = AddMessage(ada, bob, "rolled back");
        Store.Rollback();

        Assert.Equal(rolledBack, Store.LastMessageId);
        Assert.Throws<ArgumentOutOfRangeException>(() => InBatch(
            () => Store.AddMessage(new NewMessage(rolledBack, ada, bob, "again", Noon))));
    }

    [Fact]
    public void The_epoch_rises_each_time_and_across_reopening()
    {
        var first = Store.RaiseEpoch();
        var second = Store.RaiseEpoch();
        Send(Add("ada"), Add("bob"));

        Reopen();

        Assert.True(first < second);
        Assert.True(second < Store.RaiseEpoch());
        Send(Add("eve"), Add("dan"));
    }

    [Fact]
    public void Ids_may_be_skipped()
    {
        var (ada, bob) = (Add("ada"), Add("bob"));

        InBatch(() => Store.AddMessage(new NewMessage(new MessageId(5_000_000_000), ada, bob, "far", Noon)));
        Reopen();

        Assert.Equal(5_000_000_000, Store.LastMessageId.Value);
        Assert.Equal([new MessageId(5_000_000_000)], Ids(Undelivered(bob)));
    }

    /// <summary>Makes a write of the open batch fail.</summary>
    private void FailWrite() =>
        Assert.Throws<StorageException>(() => Store.OfferToken(new LoginId(99), [1], Noon, keep: 1)); // there is none
}
