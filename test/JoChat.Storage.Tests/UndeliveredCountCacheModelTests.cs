namespace JoChat.Storage.Tests;

/// <summary>A store that caches nearly every count and one that caches none: whatever is done to both, they count the
/// same.</summary>
public sealed class UndeliveredCountCacheModelTests : DatabaseTests
{
    private const int Steps = 4000;
    private const int MaxUndelivered = 7; // reached often

    private readonly SqliteChatStore _cached;
    private readonly SqliteChatStore _uncached;
    private readonly List<AccountId> _people = [];
    private AccountId[] _committed = [];
    private AccountId _gone;
    private int _joined;

    public UndeliveredCountCacheModelTests()
    {
        var limits = new StoreLimits { MaxUndelivered = MaxUndelivered };
        _cached = Open("cached.db", limits with { MinCachedCount = 2, MaxCachedAccounts = 3 });
        _uncached = Open("uncached.db", limits with { MinCachedCount = long.MaxValue });
    }

    public override void Dispose()
    {
        _cached.Dispose();
        _uncached.Dispose();
        base.Dispose();
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public void Counts_are_the_same_with_and_without_the_cache(int seed)
    {
        var random = new Random(seed);
        Both(store => store.Begin());
        Join(4);
        CommitAndBegin();

        for (var step = 0; step < Steps; step++)
        {
            Act(random);
            for (var counts = random.Next(4); counts > 0; counts--) { Compare(random); }
        }
    }

    private void Act(Random random)
    {
        var (one, other, id) = (AnyOf(random), AnyOf(random), AnyId(random));
        switch (random.Next(100))
        {
            case < 50:
                Both(store => store.AddMessage(one, other, "hello", DateTimeOffset.UnixEpoch));
                break;
            case < 62:
                Both(store => store.AdvanceWatermark(one, id));
                break;
            case < 68:
                Both(store => store.MarkDeliveredAfter(one, id));
                break;
            case < 80:
                Both(store => store.DeleteAll(one, [id.Value, id.Value + 3]));
                break;
            case < 84:
                Both(store => store.DeleteWhole(one));
                _people.Remove(one);
                _gone = one;
                Join(1);
                break;
            case < 85:
                Both(store => store.Reset());
                _people.Clear();
                Join(4);
                break;
            case < 90:
                CommitAndBegin();
                break;
            case < 95:
                RollBack(store => store.Rollback());
                break;
            default:
                Both(store => Assert.Throws<StorageException>(
                    () => store.AddMessage(new AccountId(-1), one, "hello", DateTimeOffset.UnixEpoch)));
                Compare(random);
                RollBack(store => Assert.Throws<StorageException>(store.Commit));
                break;
        }
    }

    private void Compare(Random random)
    {
        var account = random.Next(20) == 0 ? _gone : AnyOf(random);
        var through = random.Next(4) == 0 ? AnyId(random) : new MessageId(long.MaxValue);
        var after = random.Next(2) == 0 ? AnyId(random) : default;

        Assert.Equal(
            _uncached.CountAll(account, after, through),
            _cached.CountAll(account, after, through));
    }

    private void Join(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var name = $"p{_joined++}";
            AccountId? joined = null;
            Both(store => joined = store.AddAccount(name, name, "hash", DateTimeOffset.UnixEpoch));
            _people.Add(joined!.Value); // the name is new
        }
    }

    private void CommitAndBegin()
    {
        Both(store => store.Commit());
        Both(store => store.Begin());
        _committed = [.. _people];
    }

    private void RollBack(Action<SqliteChatStore> rollBack)
    {
        Both(rollBack);
        Both(store => store.Begin());
        _people.Clear();
        _people.AddRange(_committed);
    }

    private void Both(Action<SqliteChatStore> call)
    {
        call(_cached);
        call(_uncached);
    }

    private SqliteChatStore Open(string file, StoreLimits limits) =>
        SqliteChatStore.Open(Folder.File(file), isChecked: true, limits);

    private AccountId AnyOf(Random random) => _people[random.Next(_people.Count)];

    // Mostly of the newest messages, sometimes above all.
    private MessageId AnyId(Random random) =>
        new(Math.Max(0, _cached.LastMessageId.Value + 3 - random.Next(60)));
}
