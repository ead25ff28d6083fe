namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    /// <inheritdoc/>
    public LoginId AddLogin(NewLogin login, int keep)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        return Write("add a login to", () => Logins.Add(_batch.ToWrite(), login, keep));
    }

    /// <inheritdoc/>
    public UsedToken? UseToken(StoredToken token, TokenUse use)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(use);
        return Write("use a token in", () => Logins.Use(_batch.ToWrite(), token, use));
    }

    /// <inheritdoc/>
    public void OfferToken(LoginId login, byte[] hash, DateTimeOffset offeredAt, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        Write("add a token to", () => Logins.Offer(_batch.ToWrite(), login, hash, offeredAt, keep));
    }

    /// <inheritdoc/>
    public bool HasLogin(LoginId login) => Read("find a login in", () => (bool)_batch.ToReadBeside().ReadScalar(
        "SELECT EXISTS (SELECT 1 FROM logins WHERE id = $1)", login.Value)!);

    /// <inheritdoc/>
    public bool HasLoginFrom(AccountId account, string address) => Read("find a login in",
        () => (bool)_batch.ToReadBeside().ReadScalar(
            "SELECT EXISTS (SELECT 1 FROM logins WHERE account_id = $1 AND address = $2)", account.Value, address)!);

    /// <inheritdoc/>
    public IReadOnlyList<StoredLogin> ListLogins(AccountId account, DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list logins in", () => Logins.List(_batch.ToReadBeside(), account, now, limit));
    }

    /// <inheritdoc/>
    public bool RevokeLogin(AccountId account, LoginId login) => Write("revoke a login in",
        () => _batch.ToWrite().Execute(
            "DELETE FROM logins WHERE id = $1 AND account_id = $2", login.Value, account.Value) > 0);

    /// <inheritdoc/>
    public void RevokeLogins(AccountId account) =>
        Write("revoke logins in", () => Logins.RevokeAll(_batch.ToWrite(), account));

    /// <inheritdoc/>
    public bool HasExpiredLogins(DateTimeOffset now) => Read("find logins in",
        () => (bool)_batch.ToReadBeside().ReadScalar(
            "SELECT coalesce(min(expires_at) <= $1, false) FROM logins", now.ToUnixTimeMilliseconds())!);

    /// <inheritdoc/>
    public int DeleteExpiredLogins(DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Write("delete logins from", () => _batch.ToWrite().Execute("""
            DELETE FROM logins
            WHERE id IN (SELECT id FROM logins WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
            """, now.ToUnixTimeMilliseconds(), limit));
    }
}
