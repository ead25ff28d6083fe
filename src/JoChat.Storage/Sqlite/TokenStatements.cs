using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of the logins' tokens.</summary>
internal sealed class TokenStatements(SqliteConnection connection) : IDisposable
{
    internal const string FindSql = $"""
        SELECT {LoginStatements.FoundColumns}
        FROM login_tokens AS token
        JOIN logins AS login ON login.id = token.login_id
        JOIN accounts AS account ON account.id = login.account_id
        WHERE token.hash = $hash AND login.expires_at > $now
        """;

    internal const string ReplaceOthersSql = "DELETE FROM login_tokens WHERE login_id = $login AND hash <> $hash";

    internal const string NoteUsedSql =
        "UPDATE login_tokens SET offered_at = NULL WHERE hash = $hash AND offered_at IS NOT NULL";

    internal const string TrimSql = """
        DELETE FROM login_tokens
        WHERE hash IN (
            SELECT hash FROM login_tokens WHERE login_id = $login AND offered_at IS NOT NULL
            ORDER BY offered_at DESC LIMIT -1 OFFSET $keep)
        """;

    private readonly Statement _find = new(connection, FindSql,
        ("$hash", SqliteType.Blob), ("$now", SqliteType.Integer));

    private readonly Statement _add = new(connection,
        "INSERT INTO login_tokens (hash, login_id, offered_at) VALUES ($hash, $login, $offered)",
        ("$hash", SqliteType.Blob), ("$login", SqliteType.Integer), ("$offered", SqliteType.Integer));

    private readonly Statement _noteUsed = new(connection, NoteUsedSql, ("$hash", SqliteType.Blob));

    private readonly Statement _replaceOthers = new(connection, ReplaceOthersSql,
        ("$login", SqliteType.Integer), ("$hash", SqliteType.Blob));

    private readonly Statement _trim = new(connection, TrimSql,
        ("$login", SqliteType.Integer), ("$keep", SqliteType.Integer));

    public void Add(LoginId login, byte[] hash) => _add.Execute(hash, login.Value, DBNull.Value);

    public UsedToken? Find(byte[] hash, DateTimeOffset now)
    {
        using var rows = _find.Read(hash, now.ToUnixTimeMilliseconds());
        return rows.Read() ? LoginStatements.ReadFound(rows, isReplaced: false) : null;
    }

    public void Use(LoginId login, byte[] hash)
    {
        // One that was used before stays beside what was given in its place: that may never have arrived.
        if (_noteUsed.Execute(hash) > 0) { _replaceOthers.Execute(login.Value, hash); }
    }

    public void Offer(LoginId login, byte[] hash, DateTimeOffset offeredAt, int keep)
    {
        // Before the insert, so that the new token is never the one to go.
        _trim.Execute(login.Value, keep - 1);
        _add.Execute(hash, login.Value, offeredAt.ToUnixTimeMilliseconds());
    }

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _noteUsed.Dispose();
        _replaceOthers.Dispose();
        _trim.Dispose();
    }
}
