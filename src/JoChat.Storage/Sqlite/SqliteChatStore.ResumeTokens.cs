namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public LoginId AddLogin(NewLogin login, int keep)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        return Write("add a login to", () =>
        {
            var id = _logins.Add(login, keep);
            _tokens.Add(id, login.TokenHash);
            return id;
        });
    }

    /// <inheritdoc/>
    public UsedToken? UseToken(StoredToken token, TokenUse use)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(use);
        return Write("use a token in", () =>
        {
            if (_tokens.Find(token.Hash, use.At) is not { } used)
            {
                return token.Selectors.Select(selector => _logins.FindReplaced(selector, use.At))
                    .FirstOrDefault(login => login is not null);
            }
            _tokens.Use(used.Login, token.Hash);
            _logins.NoteUse(used.Login, use);
            return used;
        });
    }

    /// <inheritdoc/>
    public void OfferToken(LoginId login, byte[] hash, DateTimeOffset offeredAt, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        Write("add a token to", () => _tokens.Offer(login, hash, offeredAt, keep));
    }

    /// <inheritdoc/>
    public bool HasLogin(LoginId login) => Read("find a login in", () => _logins.Has(login));

    /// <inheritdoc/>
    public bool HasLoginFrom(AccountId account, string address) =>
        Read("find a login in", () => _logins.HasFrom(account, address));

    /// <inheritdoc/>
    public IReadOnlyList<StoredLogin> ListLogins(AccountId account, DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list logins in", () => _logins.List(account, now, limit));
    }

    /// <inheritdoc/>
    public bool RevokeLogin(AccountId account, LoginId login) =>
        Write("revoke a login in", () => _logins.Revoke(account, login));

    /// <inheritdoc/>
    public void RevokeLogins(AccountId account) => Write("revoke logins in", () => _logins.RevokeAll(account));

    /// <inheritdoc/>
    public bool HasExpiredLogins(DateTimeOffset now) => Read("find logins in", () => _logins.HasExpired(now));

    /// <inheritdoc/>
    public int DeleteExpiredLogins(DateTimeOffset now, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Write("delete logins from", () => _logins.DeleteExpired(now, limit));
    }
}
