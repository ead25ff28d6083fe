using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of accounts, which also maintain the <see cref="TrigramIndex"/>.</summary>
internal sealed class AccountStatements(SqliteConnection connection, Func<string, string> skeletonOf) : IDisposable
{
    internal const string FindSql =
        "SELECT id, username, password_hash FROM accounts WHERE username_key = $key";

    internal const string FindSkeletonSql =
        "SELECT username FROM accounts WHERE skeleton = $skeleton LIMIT $limit + 0";

    internal const string AdvanceWatermarkSql =
        "UPDATE accounts SET received_through = $through WHERE id = $id AND received_through < $through";

    private readonly Statement _find = new(connection, FindSql, ("$key", SqliteType.Text));

    private readonly Statement _findSkeleton = new(connection, FindSkeletonSql,
        ("$skeleton", SqliteType.Text), ("$limit", SqliteType.Integer));

    private readonly Statement _findConversation = new(connection, """
        SELECT EXISTS (SELECT 1 FROM messages WHERE sender_id = $account AND recipient_id = $other)
            OR EXISTS (SELECT 1 FROM messages WHERE sender_id = $other AND recipient_id = $account)
        """,
        ("$account", SqliteType.Integer), ("$other", SqliteType.Integer));

    private readonly Statement _add = new(connection, """
        INSERT INTO accounts (username, username_key, skeleton, password_hash, created_at)
        VALUES ($username, $key, $skeleton, $hash, $created)
        ON CONFLICT (username_key) DO NOTHING
        RETURNING id
        """,
        ("$username", SqliteType.Text), ("$key", SqliteType.Text), ("$skeleton", SqliteType.Text),
        ("$hash", SqliteType.Text), ("$created", SqliteType.Integer));

    private readonly Statement _setPasswordHash = new(connection,
        "UPDATE accounts SET password_hash = $hash WHERE id = $id",
        ("$id", SqliteType.Integer), ("$hash", SqliteType.Text));

    private readonly Statement _delete = new(connection,
        "DELETE FROM accounts WHERE id = $id", ("$id", SqliteType.Integer));

    private readonly Statement _deleteAll = new(connection, "DELETE FROM accounts");

    private readonly Statement _findKey = new(connection,
        "SELECT username_key FROM accounts WHERE id = $id", ("$id", SqliteType.Integer));

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

    public List<string> FindSameSkeleton(string username, int limit)
    {
        var names = new List<string>();
        using var rows = _findSkeleton.Read(skeletonOf(username), limit);
        while (rows.Read()) { names.Add(rows.GetString(0)); }
        return names;
    }

    public bool HasConversation(AccountId account, AccountId other) =>
        _findConversation.ReadScalar(account.Value, other.Value) is 1L;

    public AccountId? Add(string username, string usernameKey, string passwordHash, DateTimeOffset createdAt)
    {
        var added = _add.ReadScalar(
            username, usernameKey, skeletonOf(username), passwordHash, createdAt.ToUnixTimeMilliseconds());
        if (added is not long id) { return null; }
        _trigrams.Add(usernameKey);
        return new AccountId(id);
    }

    public void SetPasswordHash(AccountId account, string passwordHash) =>
        _setPasswordHash.Execute(account.Value, passwordHash);

    public void Delete(AccountId account)
    {
        if (_findKey.ReadScalar(account.Value) is not string usernameKey) { return; }
        _trigrams.Delete(usernameKey);
        _delete.Execute(account.Value);
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
        _findConversation.Dispose();
        _add.Dispose();
        _setPasswordHash.Dispose();
        _delete.Dispose();
        _deleteAll.Dispose();
        _findKey.Dispose();
        _trigrams.Dispose();
        _advanceWatermark.Dispose();
    }
}
