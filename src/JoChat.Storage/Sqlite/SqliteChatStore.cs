using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A chat store in one SQLite file, which one process at a time may use.</summary>
/// <remarks>Writing without a batch is an <see cref="InvalidOperationException"/>.</remarks>
public sealed partial class SqliteChatStore : IChatStore
{
    // 32 MiB: enough that many writes to the same page are checkpointed once.
    private const int PagesPerCheckpoint = 8192;

    private static readonly TimeSpan MaxYield = TimeSpan.FromMilliseconds(100);

    private readonly SqliteDatabase _database;
    private readonly WalCheckpointer _checkpointer;
    private readonly SqliteTransactionScope _batch;
    private readonly AccountStatements _accounts;
    private readonly MessageStatements _messages;
    private readonly UndeliveredStatements _undelivered;
    private readonly UndeliveredCountCache _counts;
    private readonly MessageIdSequence _ids;
    private readonly ClientIdStatements _clientIds;
    private readonly MarkReadStatements _markRead;
    private readonly HeldNameStatements _heldNames;
    private readonly LoginStatements _logins;
    private readonly TokenStatements _tokens;
    private readonly BlockStatements _blocks;
    private readonly PairDeletion _deleteFrom;
    private readonly DetailStatements _details;
    private readonly SentBytes _sentBytes;
    private readonly WaitingStatements _waiting;
    private readonly ConversationIndexer _conversationIndex;
    private readonly MessageRemoval _removal;
    private readonly DeletedAccounts _deletedAccounts;
    private readonly OldMessageStatements _oldMessages;
    private readonly StoreLimits _limits;
    private bool _diskMayBeFull;
    private bool _isDisposed;

    private SqliteChatStore(
        string name, SqliteDatabase database, StoreLimits limits, Func<string, string> skeletonOf)
    {
        (Name, _database, _limits) = (name, database, limits);
        _batch = new SqliteTransactionScope(database.Connection);
        _accounts = new AccountStatements(database.Connection, skeletonOf);
        _messages = new MessageStatements(database.Connection);
        _undelivered = new UndeliveredStatements(database.Connection);
        _counts = new UndeliveredCountCache(_undelivered, limits);
        _ids = new MessageIdSequence(database.Connection);
        _clientIds = new ClientIdStatements(database.Connection, limits.ClientIdsAtOnce);
        _markRead = new MarkReadStatements(database.Connection);
        _conversationIndex = new ConversationIndexer(database.Connection, limits.MaxUnindexed);
        _heldNames = new HeldNameStatements(database.Connection, skeletonOf);
        _logins = new LoginStatements(database.Connection);
        _tokens = new TokenStatements(database.Connection);
        _removal = new MessageRemoval(database.Connection, _counts, _conversationIndex);
        _deletedAccounts = new DeletedAccounts(database.Connection, _removal, limits.DeletedAtOnce);
        _oldMessages = new OldMessageStatements(database.Connection, limits);
        _blocks = new BlockStatements(database.Connection);
        _sentBytes = new SentBytes(database.Connection);
        _waiting = new WaitingStatements(database.Connection);
        _deleteFrom = new PairDeletion(database.Connection, limits.DeletedBytesAtOnce);
        _details = new DetailStatements(database.Connection);
        _checkpointer = new WalCheckpointer(database.Path, database.Connection, PagesPerCheckpoint, MaxYield);
        _checkpointer.RunNow(); // a killed process leaves its WAL, which would grow with each kill
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public MessageId LastMessageId => _ids.Last;

    /// <summary>Opens the store in a file, creates the file if there is none, and migrates its schema.</summary>
    /// <param name="path">The file. Its folder must exist; SQLite's own files and the lock file lie beside it.</param>
    /// <param name="isChecked">Whether to check the whole file for damage first, which reads all of it.</param>
    /// <param name="skeletonOf">What usernames that look alike have in common; null: only themselves. It is stored with
    /// each account.</param>
    /// <exception cref="StorageException">The file is in use by another gateway, is not a JoChat database, is newer
    /// than this program, is damaged, or cannot be written and synced. It is left as it was.</exception>
    public static SqliteChatStore Open(
        string path, bool isChecked = true, Func<string, string>? skeletonOf = null) =>
        Open(path, isChecked, new StoreLimits(), skeletonOf);

    /// <inheritdoc cref="Open(string, bool, Func{string, string})"/>
    internal static SqliteChatStore Open(
        string path, bool isChecked, StoreLimits limits, Func<string, string>? skeletonOf = null)
    {
        skeletonOf ??= username => username;
        var database = SqliteDatabase.Open(path, isChecked, skeletonOf);
        try
        {
            return new SqliteChatStore(path, database, limits, skeletonOf);
        }
        catch (SqliteException fault)
        {
            SqliteLibrary.ReleaseLostStatements();
            database.Dispose();
            throw SqliteFault.Translate(fault, "open", database.Path);
        }
    }

    /// <inheritdoc/>
    public long RaiseEpoch() => Read("raise the epoch of", () =>
    {
        using var raise = new Statement(
            _database.Connection, "UPDATE last_message SET epoch = epoch + 1 RETURNING epoch");
        return (long)raise.ReadScalar()!;
    });

    /// <inheritdoc/>
    public IChatReader OpenReader() => SqliteChatReader.Open(_database.Path, _checkpointer, _limits);

    /// <inheritdoc/>
    public void Begin()
    {
        // After a checkpoint the WAL can be reset and written again, which needs no more space on a full disk.
        if (_diskMayBeFull) { _checkpointer.RunNow(); }
        if (_conversationIndex.IsDue(_ids.Stored)) { IndexConversations(); }
        Run("begin a batch in", _batch.Begin);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<MessageId, FirstSend> Commit()
    {
        try
        {
            Write("commit to", () =>
            {
                _ids.Store();
                _batch.Commit();
                _ids.Committed();
            });
        }
        catch (StorageException)
        {
            Rollback();
            throw;
        }
        _diskMayBeFull = false;
        _database.EnsureInPlace(); // behind the commit: what is moved later was in place when it was synced
        _checkpointer.RunIfDue();
        return _clientIds.TakeUsed();
    }

    /// <inheritdoc/>
    public void EnsureInPlace() => _database.EnsureInPlace();

    /// <inheritdoc/>
    public void Rollback()
    {
        _batch.Rollback();
        _clientIds.TakeUsed();
        _counts.Clear();
        _blocks.Recount();
        _sentBytes.Forget();
    }

    /// <inheritdoc/>
    public Account? FindAccount(string usernameKey) =>
        Read("find an account in", () => _accounts.Find(usernameKey));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindSameSkeleton(string username, DateTimeOffset now, int limit) =>
        Read("find an account in", () => _accounts.FindSameSkeleton(username, now, limit));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindHashKinds() => Read("look at passwords in", _accounts.FindHashKinds);

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> FindContactsOf(AccountId account, AccountId after, int limit) =>
        Read("find conversations in", () => _accounts.FindContactsOf(account, after, limit));

    /// <inheritdoc/>
    public bool HasConversation(AccountId account, AccountId other) =>
        Read("find a conversation in", () => _accounts.HasConversation(account, other));

    /// <inheritdoc/>
    public AccountId? AddAccount(
        string username, string usernameKey, string passwordHash, DateTimeOffset createdAt) =>
        Write("add an account to", () => _accounts.Add(username, usernameKey, passwordHash, createdAt));

    /// <inheritdoc/>
    public void SetPasswordHash(AccountId account, string passwordHash) =>
        Write("set a password in", () => _accounts.SetPasswordHash(account, passwordHash));

    /// <inheritdoc/>
    public void DeleteAccount(AccountId account) => Write("delete an account from", () =>
    {
        if (!_accounts.FreeName(account)) { return; }
        _logins.RevokeAll(account);
        _deletedAccounts.Add(account);
        _blocks.Recount();
    });

    /// <inheritdoc/>
    public bool HasRemains => Read("find an account in", _deletedAccounts.FindAny) is not null;

    /// <inheritdoc/>
    public void RemoveRemains() => Write("delete an account from", () =>
    {
        if (_deletedAccounts.FindAny() is { } account) { _deletedAccounts.RemoveSome(account); }
        _blocks.Recount();
    });

    /// <inheritdoc/>
    public void Reset() => Write("empty", () =>
    {
        _heldNames.ReleaseAll();
        _messages.DeleteAll();
        _accounts.DeleteAll(); // the foreign keys cascade to everything else
        _blocks.Recount();
    });

    /// <summary>Rolls back an open batch, checkpoints the WAL and releases the file.</summary>
    public void Dispose()
    {
        if (_isDisposed) { return; }
        _isDisposed = true;
        _batch.Rollback();
        _checkpointer.Dispose();
        _oldMessages.Dispose();
        _deletedAccounts.Dispose();
        _removal.Dispose();
        _waiting.Dispose();
        _sentBytes.Dispose();
        _details.Dispose();
        _deleteFrom.Dispose();
        _blocks.Dispose();
        _tokens.Dispose();
        _logins.Dispose();
        _heldNames.Dispose();
        _conversationIndex.Dispose();
        _markRead.Dispose();
        _clientIds.Dispose();
        _ids.Dispose();
        _undelivered.Dispose();
        _messages.Dispose();
        _accounts.Dispose();
        _batch.Dispose();
        _database.Dispose();
    }

    // In a transaction of its own: if it does not fit on the disk, no caller's batch is refused because of it.
    private void IndexConversations()
    {
        try
        {
            _batch.Begin();
            _conversationIndex.CatchUp(_ids.Stored);
            _batch.Commit();
            _conversationIndex.Committed();
        }
        catch (SqliteException)
        {
            _batch.Rollback();
            _conversationIndex.Postpone(_ids.Stored);
        }
    }

    private void Write(string action, Action run)
    {
        _batch.EnsureUsable();
        Run(action, run);
    }

    private T Write<T>(string action, Func<T> run)
    {
        _batch.EnsureUsable();
        return Read(action, run);
    }

    private void Run(string action, Action run)
    {
        try
        {
            run();
        }
        catch (SqliteException fault)
        {
            throw Failed(action, fault);
        }
    }

    private T Read<T>(string action, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (SqliteException fault)
        {
            throw Failed(action, fault);
        }
    }

    private StorageException Failed(string action, SqliteException fault)
    {
        var failed = SqliteFault.Translate(fault, action, _database.Path);
        _batch.Spoil(failed);
        _counts.Clear(); // SQLite may have rolled back already
        _diskMayBeFull |= failed.IsTransient;
        return failed;
    }
}
