using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of accounts, which also maintain the <see cref="TrigramIndex"/>.</summary>
internal sealed class AccountStatements(SqliteConnection connection, Func<string, string> skeletonOf) : IDisposable
{
    internal const string FindSql =
        "SELECT id, username, password_hash FROM accounts WHERE username_key = $key";

    internal const string FindSkeletonSql = """
        SELECT username FROM accounts WHERE skeleton = $skeleton
        UNION ALL
        SELECT username FROM held_names WHERE skeleton = $skeleton AND until > $now
        LIMIT $limit + 0
        """;

    // From one kind to the next in the index, however many accounts have it. Deleted accounts have an empty hash.
    internal const string FindHashKindsSql = """
        WITH RECURSIVE kind (start) AS (
            VALUES ('')
            UNION ALL
            SELECT (SELECT substr(password_hash, 1, 12) FROM accounts WHERE substr(password_hash, 1, 12) > start
                    ORDER BY substr(password_hash, 1, 12) LIMIT 1)
            FROM kind WHERE start IS NOT NULL)
        SELECT start FROM kind WHERE start > '' LIMIT 100
        """;

    internal const string AdvanceWatermarkSql =
        "UPDATE accounts SET received_through = $through WHERE id = $id AND received_through < $through";

    // No name begins with a control character, and no list shows one: AccountSearch begins behind them.
    internal const string FreeNameSql =
        "UPDATE accounts SET username_key = char(1) || id, skeleton = '', password_hash = '' WHERE id = $id";

    private readonly Statement _find = new(connection, FindSql, ("$key", SqliteType.Text));

    private readonly Statement _findSkeleton = new(connection, FindSkeletonSql,
        ("$skeleton", SqliteType.Text), ("$now", SqliteType.Integer), ("$limit", SqliteType.Integer));

    private readonly Statement _findHashKinds = new(connection, FindHashKindsSql);

    private readonly Statement _findContactsOf = new(connection, ConversationSql.FindContactsOf,
        ("$account", SqliteType.Integer), ("$after", SqliteType.Integer), ("$limit", SqliteType.Integer));

    private readonly Statement _findConversation = new(connection, """
        SELECT EXISTS (SELECT 1 FROM messages WHERE sender_id = $account AND recipient_id = $other)
            OR EXISTS (SELECT 1 FROM messages WHERE sender_id = $other AND recipient_id = $account)
        """,
        ("$account", SqliteType.Integer), ("$other", SqliteType.Integer));

    private readonly Statement _add = new(connection, """
        INSERT INTO accounts (id, username, username_key, skeleton, password_hash, created_at)
        VALUES ($id, $username, $key, $skeleton, $hash, $created)
        ON CONFLICT (username_key) DO NOTHING
        RETURNING id
        """,
        ("$id", SqliteType.Integer), ("$username", SqliteType.Text), ("$key", SqliteType.Text),
        ("$skeleton", SqliteType.Text), ("$hash", SqliteType.Text), ("$created", SqliteType.Integer));

    private readonly Statement _setPasswordHash = new(connection,
        "UPDATE accounts SET password_hash = $hash WHERE id = $id",
        ("$id", SqliteType.Integer), ("$hash", SqliteType.Text));

    private readonly Statement _freeName = new(connection, FreeNameSql, ("$id", SqliteType.Integer));

    private readonly Statement _deleteAll = new(connection, "DELETE FROM accounts");

    private readonly Statement _findKey = new(connection,
        "SELECT username_key FROM accounts WHERE id = $id AND id NOT IN (SELECT account_id FROM deleted_accounts)",
        ("$id", SqliteType.Integer));

    private readonly TrigramIndex _trigrams = new(connection);

    private readonly Statement _advanceWatermark = new(connection, AdvanceWatermarkSql,
        ("$id", SqliteType.Integer), ("$through", SqliteType.Integer));

    /// <summary>Reads an account from a row that begins with id, username and password hash.</summary>
    public static Account ReadAccount(SqliteDataReader rows) =>
        new(new AccountId(rows.GetInt64(0)), rows.GetString(1), rows.GetString(2));

    public Account? Find(string usernameKey)
    {
        using var rows = _find.Read(usernameKey);
        return rows.Read() ? ReadAccount(rows) : null;
    }

    public List<string> FindSameSkeleton(string username, DateTimeOffset now, int limit)
    {
        var names = new List<string>();
        using var rows = _findSkeleton.Read(skeletonOf(username), now.ToUnixTimeMilliseconds(), limit);
        while (rows.Read()) { names.Add(rows.GetString(0)); }
        return names;
    }

    public List<string> FindHashKinds()
    {
        var kinds = new List<string>();
        using var rows = _findHashKinds.Read();
        while (rows.Read()) { kinds.Add(rows.GetString(0)); }
        return kinds;
    }

    public List<AccountId> FindContactsOf(AccountId account, AccountId after, int limit)
    {
        var contacts = new List<AccountId>();
        using var rows = _findContactsOf.Read(account.Value, after.Value, limit);
        while (rows.Read()) { contacts.Add(new AccountId(rows.GetInt64(0))); }
        return contacts;
    }

    public bool HasConversation(AccountId account, AccountId other) =>
        _findConversation.ReadScalar(account.Value, other.Value) is 1L;

    /// <param name="username">The name as it is shown.</param>
    /// <param name="usernameKey">The name as it is compared.</param>
    /// <param name="passwordHash">The slow hash.</param>
    /// <param name="createdAt">Now.</param>
    /// <param name="id">The id, if it comes from elsewhere; null: the next one.</param>
    /// <returns>Its id; null if the name is taken.</returns>
    public AccountId? Add(
        string username, string usernameKey, string passwordHash, DateTimeOffset createdAt, AccountId? id = null)
    {
        var added = _add.ReadScalar(
            id is { } given ? given.Value : DBNull.Value, username, usernameKey, skeletonOf(username), passwordHash,
            createdAt.ToUnixTimeMilliseconds());
        if (added is not long row) { return null; }
        _trigrams.Add(usernameKey);
        return new AccountId(row);
    }

    public void SetPasswordHash(AccountId account, string passwordHash) =>
        _setPasswordHash.Execute(account.Value, passwordHash);

    /// <summary>Makes an account's name free, so that it is found no more and nobody can log in.</summary>
    /// <returns>False if there is no such account, or it is deleted already.</returns>
    public bool FreeName(AccountId account)
    {
        if (_findKey.ReadScalar(account.Value) is not string usernameKey) { return false; }
        _trigrams.Delete(usernameKey);
        _freeName.Execute(account.Value);
        return true;
    }

    public void DeleteAll()
    {
        _trigrams.DeleteAll();
        _deleteAll.Execute();
    }

    public void AdvanceWatermark(AccountId recipient, MessageId through) =>
        _advanceWatermark.Execute(recipient.Value, through.Value);

    public void Dispose()
    {
        _find.Dispose();
        _findSkeleton.Dispose();
        _findHashKinds.Dispose();
        _findContactsOf.Dispose();
        _findConversation.Dispose();
        _add.Dispose();
        _setPasswordHash.Dispose();
        _freeName.Dispose();
        _deleteAll.Dispose();
        _findKey.Dispose();
        _trigrams.Dispose();
        _advanceWatermark.Dispose();
    }
}
