namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public void AddResumeToken(AccountId account, byte[] hash, DateTimeOffset expiresAt, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        Write("add a token to", () => _tokens.Add(account, hash, expiresAt, keep));
    }

    /// <inheritdoc/>
    public Account? FindAccountByToken(byte[] hash, DateTimeOffset now) =>
        Read("find a token in", () => _tokens.Find(hash, now));

    /// <inheritdoc/>
    public void RevokeToken(byte[] hash) => Write("revoke a token in", () => _tokens.Revoke(hash));

    /// <inheritdoc/>
    public void RevokeTokens(AccountId account) => Write("revoke tokens in", () => _tokens.RevokeAll(account));

    /// <inheritdoc/>
    public bool HasExpiredTokens(DateTimeOffset now) =>
        Read("find tokens in", () => _tokens.HasExpired(now));

    /// <inheritdoc/>
    public int DeleteExpiredTokens(DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Write("delete tokens from", () => _tokens.DeleteExpired(now, limit));
    }
}
