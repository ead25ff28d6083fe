namespace JoChat.Storage.Tests;

/// <summary>The promises of <see cref="IChatStore"/>. A class for each store runs them; each subject has a file here.
/// </summary>
public abstract partial class ChatStoreContract : IDisposable
{
    protected static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private IChatStore? _store;
    private IChatReader? _reader;
    private AccountId? _ada, _bob, _eve;

    /// <summary>The store under test, empty at first.</summary>
    protected IChatStore Store => _store ??= Open();

    /// <summary>A reader beside it.</summary>
    protected IChatReader Reader => _reader ??= Store.OpenReader();

    /// <summary>Three accounts, each added when the test first names it, which must not be within a batch.</summary>
    protected AccountId Ada => _ada ??= Add("ada");

    protected AccountId Bob => _bob ??= Add("bob");

    protected AccountId Eve => _eve ??= Add("eve");

    /// <summary>What names have in common that look alike to the store under test.</summary>
    protected static string SkeletonOf(string username) => username.Replace('1', 'l');

    /// <summary>Opens the store of this test: empty the first time, then as it was left.</summary>
    protected abstract IChatStore Open();

    /// <summary>Deletes what <see cref="Open"/> made.</summary>
    protected abstract void CleanUp();

    public void Dispose()
    {
        _reader?.Dispose();
        _store?.Dispose();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected void Reopen()
    {
        _reader?.Dispose();
        _reader = null;
        Store.Dispose();
        _store = Open();
    }

    protected IReadOnlyDictionary<MessageId, FirstSend> InBatch(Action write) => Store.InBatch(write);

    protected AccountId Add(string name) => Store.Add(name);

    /// <summary>Adds a message with the next id, in the open batch.</summary>
    protected MessageId AddMessage(AccountId sender, AccountId recipient, string content) =>
        Store.AddMessage(sender, recipient, content, Noon);

    /// <summary>Stores one message in a batch of its own.</summary>
    protected MessageId Send(AccountId sender, AccountId recipient, string content = "hello")
    {
        MessageId id = default;
        InBatch(() => id = AddMessage(sender, recipient, content));
        return id;
    }

    protected IReadOnlyList<StoredMessage> Undelivered(
        AccountId recipient, long after = 0, long through = long.MaxValue, int limit = 100, int maxBytes = 10_000) =>
        Store.ReadUndelivered(recipient, new MessageId(after), new MessageId(through), limit, maxBytes);

    protected IReadOnlyList<StoredMessage> Delivered(
        AccountId recipient, long liveAfter = long.MaxValue, int maxBytes = 10_000) =>
        Store.ReadDelivered(
            recipient, new MessageId(liveAfter), new MessageId(long.MaxValue), int.MaxValue, new ByteBudget(maxBytes));

    protected long CountUndelivered(AccountId recipient, long through = long.MaxValue, long after = 0) =>
        Store.CountAll(recipient, new MessageId(after), new MessageId(through));

    protected static MessageId[] Ids(IEnumerable<StoredMessage> messages) =>
        [.. messages.Select(message => message.Id)];
}
