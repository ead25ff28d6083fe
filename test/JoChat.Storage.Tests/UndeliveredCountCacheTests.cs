namespace JoChat.Storage.Tests;

/// <summary>What is read again for a count. Another program deletes messages, which no store could notice: those that are
/// still counted were not read again.</summary>
public sealed class UndeliveredCountCacheTests : DatabaseTests
{
    private SqliteChatStore? _store;

    public override void Dispose()
    {
        _store?.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_large_count_is_not_counted_again()
    {
        var store = Open(new StoreLimits { MinCachedCount = 3 });
        var (ada, bob) = (Add("ada"), Add("bob"));
        Send(ada, 3);
        Send(bob, 2);
        Assert.Equal((3, 2), (Count(ada), Count(bob)));

        DeleteAllBehindTheStore();

        Assert.Equal((3, 0), (Count(ada), Count(bob)));
        Send(ada, 1);
        Assert.Equal(4, Count(ada));
    }

    [Fact]
    public void A_count_that_has_become_small_is_not_cached()
    {
        var store = Open(new StoreLimits { MinCachedCount = 3 });
        var ada = Add("ada");
        Send(ada, 3);
        Assert.Equal(3, Count(ada));
        InBatch(() => store.AdvanceWatermark(ada, new MessageId(1)));
        Assert.Equal(2, Count(ada));

        DeleteAllBehindTheStore();

        Assert.Equal(0, Count(ada));
    }

    [Fact]
    public void Live_messages_delivered_and_deleted_leave_a_large_count_cached()
    {
        var store = Open(new StoreLimits { MinCachedCount = 3 });
        var ada = Add("ada");
        Send(ada, 4);
        InBatch(() => store.AdvanceWatermark(ada, new MessageId(1)));
        Assert.Equal(3, Count(ada));
        DeleteAllBehindTheStore();
        Send(ada, 2);

        InBatch(() => store.MarkDeliveredAfter(ada, new MessageId(4)));
        InBatch(() => store.DeleteAll(ada, [1, 6]));

        Assert.Equal(3, Count(ada));
    }

    [Fact]
    public void Live_messages_are_read_once()
    {
        var store = Open(new StoreLimits { MinCachedCount = 3 });
        var ada = Add("ada");
        Send(ada, 5);
        InBatch(() => store.MarkDeliveredAfter(ada, new MessageId(3)));
        Assert.Equal(3, Count(ada));

        using (var other = Sqlite.Connect(Folder.Database)) { other.Run("UPDATE messages SET received = 0"); }

        Assert.Equal(3, Count(ada));
    }

    [Fact]
    public void A_count_above_a_pending_watermark_reads_only_what_it_has_passed()
    {
        Open(new StoreLimits { MinCachedCount = 3 });
        var ada = Add("ada");
        Send(ada, 5);
        Assert.Equal(4, Count(ada, after: 1));
        DeleteAllBehindTheStore(after: 2);

        Assert.Equal((3, 3), (Count(ada, after: 2), Count(ada, after: 2)));
        Assert.Equal(5, Count(ada)); // as if the watermark had been pending in vain
    }

    [Fact]
    public void The_cache_does_not_grow_beyond_its_limit()
    {
        Open(new StoreLimits { MinCachedCount = 1, MaxCachedAccounts = 2 });
        var (ada, bob, eve) = (Add("ada"), Add("bob"), Add("eve"));
        Send(ada, 1);
        Send(bob, 1);
        Send(eve, 1);
        Assert.Equal((1, 1, 1), (Count(ada), Count(bob), Count(eve)));

        DeleteAllBehindTheStore();

        Assert.Equal(1, Count(eve));
        Assert.InRange(Count(ada) + Count(bob), 0, 1);
    }

    [Fact]
    public void A_count_stops_at_the_limit_and_goes_on_as_messages_are_delivered()
    {
        var store = Open(new StoreLimits { MaxUndelivered = 3, MinCachedCount = 1 });
        var ada = Add("ada");
        Send(ada, 5);
        Assert.Equal(3, Count(ada));
        Assert.Equal((3, 3, 2, 1, 0), (Count(ada, 1), Count(ada, 2), Count(ada, 3), Count(ada, 4), Count(ada, 5)));

        InBatch(() => store.AdvanceWatermark(ada, new MessageId(1)));
        Assert.Equal(3, Count(ada)); // 2, 3, 4
        InBatch(() => store.AdvanceWatermark(ada, new MessageId(3)));
        Assert.Equal(2, Count(ada)); // 4, 5

        Send(ada, 2);
        Assert.Equal(3, Count(ada));
    }

    [Fact]
    public void A_count_stays_cached_when_an_account_that_sent_none_of_it_is_deleted()
    {
        var store = Open(new StoreLimits { MinCachedCount = 1 });
        var (ada, eve) = (Add("ada"), Add("eve"));
        Send(ada, 3);
        Assert.Equal(3, Count(ada));
        DeleteAllBehindTheStore();

        InBatch(() => store.DeleteWhole(eve));

        Assert.Equal(3, Count(ada));
    }

    [Fact]
    public void A_count_is_right_when_SQLite_itself_has_rolled_back()
    {
        var store = Open(new StoreLimits { MinCachedCount = 1 });
        var ada = Add("ada");
        Send(ada, 2);
        using (var other = Sqlite.Connect(Folder.Database))
        {
            other.Run("""
                CREATE TRIGGER full_disk BEFORE UPDATE OF password_hash ON accounts
                BEGIN SELECT RAISE(ROLLBACK, 'rolled back'); END
                """);
        }
        store.Begin();
        store.AdvanceWatermark(ada, new MessageId(1));
        Assert.Equal(1, Count(ada));

        Assert.Throws<StorageException>(() => store.SetPasswordHash(ada, "hash"));

        Assert.Equal(2, Count(ada));
    }

    private SqliteChatStore Open(StoreLimits limits) =>
        _store = SqliteChatStore.Open(Folder.Database, isChecked: true, limits);

    private void DeleteAllBehindTheStore(long after = 0)
    {
        using var other = Sqlite.Connect(Folder.Database);
        other.Run($"DELETE FROM messages WHERE id > {after}");
    }

    private AccountId Add(string name) => _store!.Add(name);

    private void Send(AccountId account, int count) => InBatch(() => _store!.AddMessages(account, count));

    private long Count(AccountId account, long after = 0) =>
        _store!.CountAll(account, new MessageId(after), new MessageId(long.MaxValue));

    private void InBatch(Action write) => _store!.InBatch(write);
}
