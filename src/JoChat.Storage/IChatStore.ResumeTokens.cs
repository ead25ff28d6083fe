namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Adds a login with its first resume token. Needs a batch.</summary>
    /// <param name="login">The login; its account must exist, its selector and its token must be new.</param>
    /// <param name="keep">How many logins the account may have, with this one, ≥ 1; those that expire first are
    /// revoked.</param>
    /// <returns>Its id.</returns>
    LoginId AddLogin(NewLogin login, int keep);

    /// <summary>Uses a resume token: all others of its login are replaced by it for good, but for those that are given in
    /// its place later. Needs a batch.</summary>
    /// <param name="token">The token.</param>
    /// <param name="use">When and by whom.</param>
    /// <returns>The login; null if there is none, or it has expired. If the token was replaced for good, nothing is
    /// done.</returns>
    UsedToken? UseToken(StoredToken token, TokenUse use);

    /// <summary>Adds a token that is good beside the one used last, until either is used. Needs a batch.</summary>
    /// <param name="login">Whose; must exist.</param>
    /// <param name="hash">The SHA-256 of the token; must be new.</param>
    /// <param name="offeredAt">Now.</param>
    /// <param name="keep">How many such tokens the login may have, with this one, ≥ 1; the oldest are replaced for
    /// good.</param>
    void OfferToken(LoginId login, byte[] hash, DateTimeOffset offeredAt, int keep);

    /// <summary>Whether a login is neither revoked nor deleted.</summary>
    bool HasLogin(LoginId login);

    /// <summary>Whether the account has a login that was last used from this address.</summary>
    bool HasLoginFrom(AccountId account, string address);

    /// <summary>Lists an account's logins, the last used first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="now">Those that expire at this time or before are not listed.</param>
    /// <param name="limit">Most logins, ≥ 0.</param>
    IReadOnlyList<StoredLogin> ListLogins(AccountId account, DateTimeOffset now, int limit);

    /// <summary>Revokes a login with all its tokens. Needs a batch.</summary>
    /// <returns>Whether the account had it.</returns>
    bool RevokeLogin(AccountId account, LoginId login);

    /// <summary>Revokes every login of an account. Needs a batch.</summary>
    void RevokeLogins(AccountId account);

    /// <summary>Whether there are logins that expire at this time or before.</summary>
    bool HasExpiredLogins(DateTimeOffset now);

    /// <summary>Deletes expired logins, the oldest first. Needs a batch.</summary>
    /// <param name="now">Logins that expire at this time or before are deleted.</param>
    /// <param name="limit">Most logins to delete, ≥ 0, to bound the batch.</param>
    /// <returns>How many were deleted.</returns>
    int DeleteExpiredLogins(DateTimeOffset now, int limit);
}

/// <summary>Identifies a login, for ever: never given to another.</summary>
public readonly record struct LoginId(long Value);

/// <summary>A login to be stored.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Selector">What all its tokens begin with.</param>
/// <param name="TokenHash">The SHA-256 of its first token, which itself is never stored.</param>
/// <param name="ExpiresAt">When its tokens stop being valid; kept to the millisecond.</param>
/// <param name="Use">When and by whom.</param>
public sealed record NewLogin(
    AccountId Account, string Selector, byte[] TokenHash, DateTimeOffset ExpiresAt, TokenUse Use);

/// <summary>When a token was used or a login made, and by whom.</summary>
/// <param name="At">When; kept to the millisecond.</param>
/// <param name="Client">The client's name; null if it gave none.</param>
/// <param name="Address">Where it came from; null if that is not known.</param>
public sealed record TokenUse(DateTimeOffset At, string? Client = null, string? Address = null);

/// <summary>What is kept of a token, or can be told of one that is not kept any more.</summary>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Selectors">What its login's selector can be.</param>
public sealed record StoredToken(byte[] Hash, IReadOnlyList<string> Selectors);

/// <summary>The login of a token that was shown.</summary>
/// <param name="Login">Its id.</param>
/// <param name="Account">The account.</param>
/// <param name="Selector">What its tokens begin with.</param>
/// <param name="CreatedAt">When the password was given for it, in UTC.</param>
/// <param name="IsReplaced">Whether the token was replaced for good: nobody who keeps to the protocol shows it.</param>
public sealed record UsedToken(
    LoginId Login, Account Account, string Selector, DateTimeOffset CreatedAt, bool IsReplaced);

/// <summary>A login in a list. Times are in UTC.</summary>
public sealed record StoredLogin(
    LoginId Id, string? Client, string? Address, DateTimeOffset CreatedAt, DateTimeOffset UsedAt);
