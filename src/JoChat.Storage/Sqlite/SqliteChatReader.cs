using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>A second, read-only connection to the file. In WAL mode each call sees the last commit before it began. A
/// call is one transaction, and short: while it pins its snapshot, the WAL cannot be reset.</summary>
internal sealed class SqliteChatReader : IChatReader
{
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly WalCheckpointer _checkpointer;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _find;
    private readonly NameStatements _names;
    private readonly AccountSearch _accounts;
    private readonly ContactSearch _contacts;
    private readonly ConversationQueries _conversations;
    private readonly InboxQueries _inboxes;
    private readonly Statement _listBlocked;

    private SqliteChatReader(SqliteConnection connection, string path, WalCheckpointer checkpointer, StoreLimits limits)
    {
        (_connection, _path, _checkpointer) = (connection, path, checkpointer);
        _begin = new Statement(connection, "BEGIN");
        _end = new Statement(connection, "COMMIT");
        _find = new Statement(connection, AccountStatements.FindSql, ("$key", SqliteType.Text));
        _names = new NameStatements(connection);
        _accounts = new AccountSearch(_names, limits.NamesAtOnce);
        _contacts = new ContactSearch(connection);
        _conversations = new ConversationQueries(connection, limits.UnreadAtOnce);
        _inboxes = new InboxQueries(connection);
        _listBlocked = new Statement(connection, BlockStatements.ListSql,
            ("$account", SqliteType.Integer), ("$after", SqliteType.Integer), ("$limit", SqliteType.Integer));
    }

    /// <summary>Opens a database that a writer of this process holds open.</summary>
    /// <param name="path">The file.</param>
    /// <param name="checkpointer">The writer's, to which reads yield.</param>
    /// <param name="limits">How much a call does at most.</param>
    public static SqliteChatReader Open(string path, WalCheckpointer checkpointer, StoreLimits limits)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteDatabase.Connect(path, SqliteOpenMode.ReadOnly);
            SqliteSettings.ApplyToReader(connection);
            return new SqliteChatReader(connection, path, checkpointer, limits);
        }
        catch (SqliteException fault)
        {
            SqliteLibrary.ReleaseLostStatements();
            connection?.Dispose();
            throw SqliteFault.Translate(fault, "open", path);
        }
    }

    /// <inheritdoc/>
    public Account? FindAccount(string usernameKey) => Read("find an account in", () =>
    {
        using var rows = _find.Read(usernameKey);
        return rows.Read() ? AccountStatements.ReadAccount(rows) : null;
    });

    /// <inheritdoc/>
    public ListPart<AccountName, AccountListing> ListAccounts(AccountListing listing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(listing.Start, nameof(listing));
        ArgumentOutOfRangeException.ThrowIfNegative(listing.Count, nameof(listing));
        return Read("list accounts of", () => _accounts.List(listing));
    }

    /// <inheritdoc/>
    public IReadOnlyList<AccountName> ListContacts(
        AccountId account, string keyPattern, string nameKey, long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Read("list accounts of", () => _contacts.List(account, keyPattern, nameKey, start, count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from",
            () => _conversations.ReadHistory(account, other, before, limit, maxBytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReceivedMessage> ReadInbox(AccountId recipient, InboxPage page, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page.Limit, nameof(page));
        return Read("read messages from", () => _inboxes.Read(recipient, page, maxBytes));
    }

    /// <inheritdoc/>
    public ListPart<StoredConversation, ConversationListing> ListConversations(ConversationListing listing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(listing.Count, nameof(listing));
        return Read("list conversations of", () => _conversations.List(listing));
    }

    /// <inheritdoc/>
    public IReadOnlyList<AccountName> ListBlocked(AccountId account, AccountId after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list blocked accounts of", () =>
        {
            var blocked = new List<AccountName>();
            using var rows = _listBlocked.Read(account.Value, after.Value, limit);
            while (rows.Read()) { blocked.Add(new AccountName(new AccountId(rows.GetInt64(0)), rows.GetString(1))); }
            return blocked;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _find.Dispose();
        _names.Dispose();
        _contacts.Dispose();
        _conversations.Dispose();
        _inboxes.Dispose();
        _listBlocked.Dispose();
        _connection.Dispose();
    }

    private T Read<T>(string action, Func<T> read)
    {
        try
        {
            _checkpointer.YieldToCheckpoint();
            _begin.Execute();
            try
            {
                return read();
            }
            finally
            {
                // SQLite may have rolled back by itself when a statement failed.
                if (sqlite3_get_autocommit(_connection.Handle) == 0) { _end.Execute(); }
            }
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, action, _path);
        }
    }
}
