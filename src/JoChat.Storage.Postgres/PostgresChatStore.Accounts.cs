namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    /// <inheritdoc/>
    public Account? FindAccount(string usernameKey) => Read("find an account in",
        () => Accounts.Find(_batch.ToReadBeside(), usernameKey));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindSameSkeleton(string username, DateTimeOffset now, int limit) =>
        Read("find an account in", () => _batch.ToReadBeside().ReadAll(rows => rows.GetText(0), """
            SELECT username FROM accounts WHERE skeleton = $1
            UNION ALL
            SELECT username FROM held_names WHERE skeleton = $1 AND until > $2
            LIMIT $3
            """, _skeletonOf(username), now.ToUnixTimeMilliseconds(), limit));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindHashKinds() => Read("look at passwords in",
        // From one kind to the next in the index, however many accounts have it. Deleted accounts have an empty hash.
        () => _batch.ToReadBeside().ReadAll(rows => rows.GetText(0), """
            WITH RECURSIVE kind (start) AS (
                VALUES (''::text COLLATE "C")
                UNION ALL
                SELECT (SELECT substr(password_hash, 1, 12) FROM accounts WHERE substr(password_hash, 1, 12) > start
                        ORDER BY substr(password_hash, 1, 12) LIMIT 1)
                FROM kind WHERE start IS NOT NULL)
            SELECT start FROM kind WHERE start > '' LIMIT 100
            """));

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> FindContactsOf(AccountId account, AccountId after, int limit) =>
        Read("find conversations in", () => _batch.ToRead().ReadAll(
            rows => new AccountId(rows.GetInt64(0)), ConversationPages.FindContactsOf,
            account.Value, after.Value, limit));

    /// <inheritdoc/>
    public bool HasConversation(AccountId account, AccountId other) => Read("find a conversation in",
        () => (bool)_batch.ToRead().ReadScalar("""
            SELECT EXISTS (SELECT 1 FROM messages WHERE sender_id = $1 AND recipient_id = $2)
                OR EXISTS (SELECT 1 FROM messages WHERE sender_id = $2 AND recipient_id = $1)
            """, account.Value, other.Value)!);

    /// <inheritdoc/>
    public AccountId? AddAccount(
        string username, string usernameKey, string passwordHash, DateTimeOffset createdAt) =>
        Write("add an account to", () => Accounts.Add(
            _batch.ToWrite(), username, usernameKey, _skeletonOf(username), passwordHash, createdAt));

    /// <inheritdoc/>
    public void SetPasswordHash(AccountId account, string passwordHash) => Write("set a password in",
        () => _batch.ToWrite().Execute(
            "UPDATE accounts SET password_hash = $2 WHERE id = $1", account.Value, passwordHash));

    /// <inheritdoc/>
    public void DeleteAccount(AccountId account) => Write("delete an account from", () =>
    {
        var connection = _batch.ToWrite();
        if (!Accounts.FreeName(connection, account)) { return; }
        Logins.RevokeAll(connection, account);
        connection.Execute("INSERT INTO deleted_accounts (account_id) VALUES ($1)", account.Value);
        RemoveSome(account);
    });

    /// <inheritdoc/>
    public bool HasRemains => Read("find an account in", () => FindDeleted() is not null);

    /// <inheritdoc/>
    public void RemoveRemains() => Write("delete an account from", () =>
    {
        if (FindDeleted() is { } account) { RemoveSome(account); }
    });

    private AccountId? FindDeleted() =>
        _batch.ToReadBeside().ReadScalar("SELECT account_id FROM deleted_accounts LIMIT 1") is long id
            ? new AccountId(id) : null;

    private void RemoveSome(AccountId account)
    {
        var connection = _batch.ToWrite();
        var left = _removal.DeleteOf(connection, account, _limits.DeletedAtOnce);
        if (left > 0) { Accounts.DeleteRemains(connection, account, left); }
        _blocks.Forget();
    }
}
