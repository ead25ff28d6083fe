namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Adds a resume token. Needs a batch.</summary>
    /// <param name="account">The account that it logs in; must exist.</param>
    /// <param name="hash">The SHA-256 of the token, which itself is never stored; must be new.</param>
    /// <param name="expiresAt">When it stops being valid; kept to the millisecond.</param>
    /// <param name="keep">How many tokens the account may have, with this one, ≥ 1; those that expire first are
    /// revoked.</param>
    void AddResumeToken(AccountId account, byte[] hash, DateTimeOffset expiresAt, int keep);

    /// <summary>Finds the account that a resume token logs in.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    /// <param name="now">Tokens that expire at this time or before are not found.</param>
    /// <returns>The account, or null if the token is unknown, revoked or expired.</returns>
    Account? FindAccountByToken(byte[] hash, DateTimeOffset now);

    /// <summary>Revokes one token. Needs a batch; does nothing if there is none.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    void RevokeToken(byte[] hash);

    /// <summary>Revokes every token of an account. Needs a batch.</summary>
    void RevokeTokens(AccountId account);

    /// <summary>Whether there are tokens that expire at this time or before.</summary>
    bool HasExpiredTokens(DateTimeOffset now);

    /// <summary>Deletes expired tokens, the oldest first. Needs a batch.</summary>
    /// <param name="now">Tokens that expire at this time or before are deleted.</param>
    /// <param name="limit">Most tokens to delete, ≥ 0, to bound the batch.</param>
    /// <returns>How many were deleted.</returns>
    int DeleteExpiredTokens(DateTimeOffset now, int limit);
}
