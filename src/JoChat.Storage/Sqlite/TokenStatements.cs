using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of resume tokens.</summary>
internal sealed class TokenStatements(SqliteConnection connection) : IDisposable
{
    internal const string TrimSql = """
        DELETE FROM resume_tokens
        WHERE hash IN (
            SELECT hash FROM resume_tokens WHERE account_id = $account ORDER BY expires_at DESC LIMIT -1 OFFSET $keep)
        """;

    internal const string FindSql = """
        SELECT account.id, account.username, account.password_hash
        FROM resume_tokens AS token
        JOIN accounts AS account ON account.id = token.account_id
        WHERE token.hash = $hash AND token.expires_at > $now
        """;

    internal const string RevokeSql = "DELETE FROM resume_tokens WHERE hash = $hash";

    internal const string RevokeAllSql = "DELETE FROM resume_tokens WHERE account_id = $account";

    internal const string HasExpiredSql = "SELECT EXISTS (SELECT 1 FROM resume_tokens WHERE expires_at <= $now)";

    internal const string DeleteExpiredSql = """
        DELETE FROM resume_tokens
        WHERE hash IN (SELECT hash FROM resume_tokens WHERE expires_at <= $now ORDER BY expires_at LIMIT $limit + 0)
        """;

    private readonly Statement _trim = new(connection, TrimSql,
        ("$account", SqliteType.Integer), ("$keep", SqliteType.Integer));

    private readonly Statement _add = new(connection,
        "INSERT INTO resume_tokens (hash, account_id, expires_at) VALUES ($hash, $account, $expires)",
        ("$hash", SqliteType.Blob), ("$account", SqliteType.Integer), ("$expires", SqliteType.Integer));

    private readonly Statement _find = new(connection, FindSql,
        ("$hash", SqliteType.Blob), ("$now", SqliteType.Integer));

    private readonly Statement _revoke = new(connection, RevokeSql, ("$hash", SqliteType.Blob));

    private readonly Statement _revokeAll = new(connection, RevokeAllSql, ("$account", SqliteType.Integer));

    private readonly Statement _hasExpired = new(connection, HasExpiredSql, ("$now", SqliteType.Integer));

    private readonly Statement _deleteExpired = new(connection, DeleteExpiredSql,
        ("$now", SqliteType.Integer), ("$limit", SqliteType.Integer));

    public void Add(AccountId account, byte[] hash, DateTimeOffset expiresAt, int keep)
    {
        // Before the insert, so that the new token is never the one to be deleted.
        _trim.Execute(account.Value, keep - 1);
        _add.Execute(hash, account.Value, expiresAt.ToUnixTimeMilliseconds());
    }

    public Account? Find(byte[] hash, DateTimeOffset now)
    {
        using var rows = _find.Read(hash, now.ToUnixTimeMilliseconds());
        return rows.Read() ? AccountStatements.ReadAccount(rows) : null;
    }

    public void Revoke(byte[] hash) => _revoke.Execute(hash);

    public void RevokeAll(AccountId account) => _revokeAll.Execute(account.Value);

    public bool HasExpired(DateTimeOffset now) => _hasExpired.ReadScalar(now.ToUnixTimeMilliseconds()) is 1L;

    public int DeleteExpired(DateTimeOffset now, int limit) =>
        _deleteExpired.Execute(now.ToUnixTimeMilliseconds(), limit);

    public void Dispose()
    {
        _trim.Dispose();
        _add.Dispose();
        _find.Dispose();
        _revoke.Dispose();
        _revokeAll.Dispose();
        _hasExpired.Dispose();
        _deleteExpired.Dispose();
    }
}
