using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>A chat store in one SQLite file, which one process at a time may use.</summary>
/// <remarks>Writing without a batch is an <see cref="InvalidOperationException"/>.</remarks>
public sealed partial class SqliteChatStore : IChatStore
{
    // 32 MiB: enough writes of the same pages come together, and the pause stays short.
    private const int LogPages = 8192;

    private static readonly TimeSpan LongestGiveWay = TimeSpan.FromMilliseconds(100);

    private readonly SqliteDatabase _database;
    private readonly LogCheckpoints _log;
    private readonly Batch _batch;
    private readonly AccountStatements _accounts;
    private readonly MessageStatements _messages;
    private readonly UndeliveredCountCache _counts;
    private readonly MessageIds _ids;
    private readonly ClientIdStatements _clientIds;
    private readonly ConversationStatements _conversations;
    private readonly TokenStatements _tokens;
    private readonly ConversationOrder _order;
    private bool _isShortOfRoom;
    private bool _isDisposed;

    private SqliteChatStore(SqliteDatabase database, StoreLimits limits)
    {
        _database = database;
        _log = new LogCheckpoints(database.Connection, LogPages, LongestGiveWay);
        _log.RunNow(); // what a killed process has left, or the log would grow with each that is
        _batch = new Batch(database.Connection);
        _accounts = new AccountStatements(database.Connection);
        _messages = new MessageStatements(database.Connection);
        _counts = new UndeliveredCountCache(database.Connection, limits);
        _ids = new MessageIds(database.Connection);
        _clientIds = new ClientIdStatements(database.Connection);
        _conversations = new ConversationStatements(database.Connection);
        _order = new ConversationOrder(database.Connection, limits.MostUnordered);
        _tokens = new TokenStatements(database.Connection);
    }

    /// <inheritdoc/>
    public MessageId LastMessageId => _ids.Last;

    /// <summary>Opens the store in a file, which it makes if there is none, and brings its schema up to date.</summary>
    /// <param name="path">The file. Its folder must exist; SQLite's own files and the lock file lie beside it.</param>
    /// <param name="isChecked">Whether to look for damage anywhere in the file first, which reads all of it.</param>
    /// <exception cref="StorageException">The file is in use by another gateway, is not a JoChat database, is newer
    /// than this program, is damaged, or cannot be written and synced. It is left as it was.</exception>
    public static SqliteChatStore Open(string path, bool isChecked = true) =>
        Open(path, isChecked, new StoreLimits());

    /// <inheritdoc cref="Open(string, bool)"/>
    internal static SqliteChatStore Open(string path, bool isChecked, StoreLimits limits)
    {
        var database = SqliteDatabase.Open(Resolve(path), isChecked);
        try
        {
            return new SqliteChatStore(database, limits);
        }
        catch (SqliteException fault)
        {
            database.Dispose();
            throw SqliteFault.Translate(fault, "open", database.Path);
        }
    }

    // The file itself, not a link to it: or two gateways could each lock a name of their own for it.
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return full; // there is no such file yet; what else is wrong, opening it says
        }
    }

    /// <inheritdoc/>
    public IChatReader OpenReader() => SqliteChatReader.Open(_database.Path, _log);

    /// <inheritdoc/>
    public void Begin()
    {
        // The disk may be full: where the log can be emptied into the file, it may be written again without more room.
        if (_isShortOfRoom) { _log.RunNow(); }
        if (_order.IsDue(_ids.Stored)) { CatchUpOrder(); }
        Run("begin a batch in", _batch.Begin);
    }

    /// <inheritdoc/>
    public void Commit()
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
        _isShortOfRoom = false;
        _log.RunIfDue();
    }

    /// <inheritdoc/>
    public void Rollback()
    {
        _batch.Rollback();
        _counts.Clear();
    }

    /// <inheritdoc/>
    public Account? FindAccount(string usernameKey) =>
        Read("find an account in", () => _accounts.Find(usernameKey));

    /// <inheritdoc/>
    public AccountId? AddAccount(
        string username, string usernameKey, string passwordHash, DateTimeOffset createdAt)
    {
        AccountId? added = null;
        Write("add an account to", () => added = _accounts.Add(username, usernameKey, passwordHash, createdAt));
        return added;
    }

    /// <inheritdoc/>
    public void SetPasswordHash(AccountId account, string passwordHash) =>
        Write("set a password in", () => _accounts.SetPasswordHash(account, passwordHash));

    /// <inheritdoc/>
    public void DeleteAccount(AccountId account) => Write("delete an account from", () =>
    {
        _counts.SenderLeaves(account);
        _accounts.Delete(account);
    });

    /// <inheritdoc/>
    public void Reset() => Write("empty", () =>
    {
        _messages.DeleteAll();
        _accounts.DeleteAll(); // and by the cascade all else that is theirs
    });

    /// <summary>Undoes an open batch, moves the log into the file and lets the file go.</summary>
    public void Dispose()
    {
        if (_isDisposed) { return; }
        _isDisposed = true;
        _batch.Rollback();
        _log.Dispose();
        _tokens.Dispose();
        _order.Dispose();
        _conversations.Dispose();
        _clientIds.Dispose();
        _ids.Dispose();
        _counts.Dispose();
        _messages.Dispose();
        _accounts.Dispose();
        _batch.Dispose();
        _database.Dispose();
    }

    // In a batch of its own: what it writes may not fit on the disk, and nobody is to be refused for its sake.
    private void CatchUpOrder()
    {
        try
        {
            _batch.Begin();
            _order.CatchUp(_ids.Stored);
            _batch.Commit();
            _order.Committed();
        }
        catch (SqliteException)
        {
            _batch.Rollback();
            _order.PutOff(_ids.Stored);
        }
    }

    private void Write(string action, Action run)
    {
        _batch.Demand();
        Run(action, run);
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
        _counts.Clear(); // SQLite may have undone the batch already
        _isShortOfRoom |= failed.IsTransient;
        return failed;
    }
}
