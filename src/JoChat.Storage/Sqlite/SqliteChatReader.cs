using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace JoChat.Storage;

/// <summary>A second connection to the file, which cannot write. In WAL mode it sees the last commit when a call
/// begins. A call is one transaction, no longer than it must: while it lasts the log cannot begin anew.</summary>
internal sealed class SqliteChatReader : IChatReader
{
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly LogCheckpoints _log;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _find;
    private readonly AccountSearch _accounts;
    private readonly ConversationPages _conversations;

    private SqliteChatReader(SqliteConnection connection, string path, LogCheckpoints log)
    {
        (_connection, _path, _log) = (connection, path, log);
        _begin = new Statement(connection, "BEGIN");
        _end = new Statement(connection, "COMMIT");
        _find = new Statement(connection, AccountStatements.FindSql, ("$key", SqliteType.Text));
        _accounts = new AccountSearch(connection);
        _conversations = new ConversationPages(connection);
    }

    /// <summary>Opens a database that a writer of this process holds open.</summary>
    /// <param name="path">The file.</param>
    /// <param name="log">The writer's, which reads give way to.</param>
    public static SqliteChatReader Open(string path, LogCheckpoints log)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteDatabase.Connect(path, SqliteOpenMode.ReadOnly);
            SqliteSettings.ApplyToReader(connection);
            return new SqliteChatReader(connection, path, log);
        }
        catch (SqliteException fault)
        {
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
    public IReadOnlyList<AccountName> ListAccounts(string keyPattern, long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Read("list accounts of", () => _accounts.List(keyPattern, start, count));
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
    public IReadOnlyList<StoredConversation> ListConversations(
        AccountId account, MessageId before, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list conversations of", () => _conversations.List(account, before, limit, maxBytes));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _find.Dispose();
        _accounts.Dispose();
        _conversations.Dispose();
        _connection.Dispose();
    }

    private T Read<T>(string action, Func<T> read)
    {
        try
        {
            _log.GiveWay();
            _begin.Execute();
            try
            {
                return read();
            }
            finally
            {
                // SQLite may have ended the transaction itself when a statement of it failed.
                if (sqlite3_get_autocommit(_connection.Handle) == 0) { _end.Execute(); }
            }
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, action, _path);
        }
    }
}
