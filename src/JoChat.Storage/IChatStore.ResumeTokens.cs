namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Adds a resume token. Needs a batch.</summary>
    /// <param name="account">Whom it logs in; must exist.</param>
    /// <param name="hash">The SHA-256 of the token, which itself is never stored; must be new.</param>
    /// <param name="expiresAt">From then on the token is not found; kept to the millisecond.</param>
    /// <param name="keep">How many tokens the account may have with this one, ≥ 1; of those before, the ones that
    /// expire first are revoked.</param>
    void AddResumeToken(AccountId account, ReadOnlySpan<byte> hash, DateTimeOffset expiresAt, int keep);

    /// <summary>The account that a resume token logs in.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    /// <param name="now">The time to judge its expiry by.</param>
    /// <returns>The account, or null if the token is unknown, revoked or expired.</returns>
    Account? FindAccountByToken(ReadOnlySpan<byte> hash, DateTimeOffset now);

    /// <summary>Revokes one token. Needs a batch; does nothing if there is none.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    void RevokeToken(ReadOnlySpan<byte> hash);

    /// <summary>Revokes every token of an account. Needs a batch.</summary>
    void RevokeTokens(AccountId account);

    /// <summary>Deletes tokens that have expired, those that expired first first. Needs a batch.</summary>
    /// <param name="now">The time to judge their expiry by.</param>
    /// <param name="limit">Most tokens to delete, ≥ 0: a bound for the batch.</param>
    /// <returns>How many were deleted.</returns>
    int DeleteExpiredTokens(DateTimeOffset now, int limit);
}
