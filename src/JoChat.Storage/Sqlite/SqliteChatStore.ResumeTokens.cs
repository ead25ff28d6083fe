namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public void AddResumeToken(AccountId account, ReadOnlySpan<byte> hash, DateTimeOffset expiresAt, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var copy = hash.ToArray();
        Write("add a token to", () => _tokens.Add(account, copy, expiresAt, keep));
    }

    /// <inheritdoc/>
    public Account? FindAccountByToken(ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        var copy = hash.ToArray();
        return Read("find a token in", () => _tokens.Find(copy, now));
    }

    /// <inheritdoc/>
    public void RevokeToken(ReadOnlySpan<byte> hash)
    {
        var copy = hash.ToArray();
        Write("revoke a token in", () => _tokens.Revoke(copy));
    }

    /// <inheritdoc/>
    public void RevokeTokens(AccountId account) => Write("revoke tokens in", () => _tokens.RevokeAll(account));

    /// <inheritdoc/>
    public int DeleteExpiredTokens(DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Write("delete tokens from", () => _tokens.DeleteExpired(now, limit));
    }
}
