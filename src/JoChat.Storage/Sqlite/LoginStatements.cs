using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements on the table of logins.</summary>
internal sealed class LoginStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>What <see cref="ReadFound"/> reads.</summary>
    internal const string FoundColumns =
        "account.id, account.username, account.password_hash, login.id, login.selector, login.created_at";

    internal const string TrimSql = """
        DELETE FROM logins
        WHERE id IN (
            SELECT id FROM logins WHERE account_id = $account ORDER BY expires_at DESC, id DESC LIMIT -1 OFFSET $keep)
        """;

    internal const string FindReplacedSql = $"""
        SELECT {FoundColumns}
        FROM logins AS login
        JOIN accounts AS account ON account.id = login.account_id
        WHERE login.selector = $selector AND login.expires_at > $now
        """;

    internal const string ListSql = """
        SELECT id, client, address, created_at, used_at
        FROM logins
        WHERE account_id = $account AND expires_at > $now
        ORDER BY used_at DESC, id DESC
        LIMIT $limit + 0
        """;

    internal const string RevokeAllSql = "DELETE FROM logins WHERE account_id = $account";

    internal const string HasExpiredSql = "SELECT EXISTS (SELECT 1 FROM logins WHERE expires_at <= $now)";

    internal const string DeleteExpiredSql = """
        DELETE FROM logins
        WHERE id IN (SELECT id FROM logins WHERE expires_at <= $now ORDER BY expires_at LIMIT $limit + 0)
        """;

    private readonly Statement _trim = new(connection, TrimSql,
        ("$account", SqliteType.Integer), ("$keep", SqliteType.Integer));

    private readonly Statement _add = new(connection, """
        INSERT INTO logins (account_id, selector, created_at, used_at, expires_at, client, address)
        VALUES ($account, $selector, $created, $used, $expires, $client, $address)
        RETURNING id
        """,
        ("$account", SqliteType.Integer), ("$selector", SqliteType.Text), ("$created", SqliteType.Integer),
        ("$used", SqliteType.Integer), ("$expires", SqliteType.Integer), ("$client", SqliteType.Text),
        ("$address", SqliteType.Text));

    private readonly Statement _findReplaced = new(connection, FindReplacedSql,
        ("$selector", SqliteType.Text), ("$now", SqliteType.Integer));

    private readonly Statement _noteUse = new(connection, """
        UPDATE logins
        SET used_at = $used, client = ifnull($client, client), address = ifnull($address, address)
        WHERE id = $id
        """,
        ("$id", SqliteType.Integer), ("$used", SqliteType.Integer), ("$client", SqliteType.Text),
        ("$address", SqliteType.Text));

    private readonly Statement _has = new(connection,
        "SELECT EXISTS (SELECT 1 FROM logins WHERE id = $id)", ("$id", SqliteType.Integer));

    private readonly Statement _hasFrom = new(connection,
        "SELECT EXISTS (SELECT 1 FROM logins WHERE account_id = $account AND address = $address)",
        ("$account", SqliteType.Integer), ("$address", SqliteType.Text));

    private readonly Statement _list = new(connection, ListSql,
        ("$account", SqliteType.Integer), ("$now", SqliteType.Integer), ("$limit", SqliteType.Integer));

    private readonly Statement _revoke = new(connection, "DELETE FROM logins WHERE id = $id AND account_id = $account",
        ("$id", SqliteType.Integer), ("$account", SqliteType.Integer));

    private readonly Statement _revokeAll = new(connection, RevokeAllSql, ("$account", SqliteType.Integer));

    private readonly Statement _hasExpired = new(connection, HasExpiredSql, ("$now", SqliteType.Integer));

    private readonly Statement _deleteExpired = new(connection, DeleteExpiredSql,
        ("$now", SqliteType.Integer), ("$limit", SqliteType.Integer));

    /// <summary>Reads a login from a row of <see cref="FoundColumns"/>.</summary>
    public static UsedToken ReadFound(SqliteDataReader rows, bool isReplaced) => new(
        new LoginId(rows.GetInt64(3)), AccountStatements.ReadAccount(rows), rows.GetString(4),
        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5)), isReplaced);

    public LoginId Add(NewLogin login, int keep)
    {
        // Before the insert, so that the new login is never the one to be deleted.
        _trim.Execute(login.Account.Value, keep - 1);
        var at = login.Use.At.ToUnixTimeMilliseconds();
        return new LoginId((long)_add.ReadScalar(
            login.Account.Value, login.Selector, at, at, login.ExpiresAt.ToUnixTimeMilliseconds(),
            OrNull(login.Use.Client), OrNull(login.Use.Address))!);
    }

    public UsedToken? FindReplaced(string selector, DateTimeOffset now)
    {
        using var rows = _findReplaced.Read(selector, now.ToUnixTimeMilliseconds());
        return rows.Read() ? ReadFound(rows, isReplaced: true) : null;
    }

    public void NoteUse(LoginId login, TokenUse use) => _noteUse.Execute(
        login.Value, use.At.ToUnixTimeMilliseconds(), OrNull(use.Client), OrNull(use.Address));

    public bool Has(LoginId login) => _has.ReadScalar(login.Value) is 1L;

    /// <summary>As <see cref="IChatStore.HasLoginFrom"/>.</summary>
    public bool HasFrom(AccountId account, string address) =>
        _hasFrom.ReadScalar(account.Value, address) is 1L;

    public IReadOnlyList<StoredLogin> List(AccountId account, DateTimeOffset now, int limit)
    {
        using var rows = _list.Read(account.Value, now.ToUnixTimeMilliseconds(), limit);
        var logins = new List<StoredLogin>();
        while (rows.Read())
        {
            logins.Add(new StoredLogin(
                new LoginId(rows.GetInt64(0)), TextOrNull(rows, 1), TextOrNull(rows, 2),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(3)),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4))));
        }
        return logins;
    }

    public bool Revoke(AccountId account, LoginId login) => _revoke.Execute(login.Value, account.Value) > 0;

    public void RevokeAll(AccountId account) => _revokeAll.Execute(account.Value);

    public bool HasExpired(DateTimeOffset now) => _hasExpired.ReadScalar(now.ToUnixTimeMilliseconds()) is 1L;

    public int DeleteExpired(DateTimeOffset now, int limit) =>
        _deleteExpired.Execute(now.ToUnixTimeMilliseconds(), limit);

    public void Dispose()
    {
        _trim.Dispose();
        _add.Dispose();
        _findReplaced.Dispose();
        _noteUse.Dispose();
        _has.Dispose();
        _hasFrom.Dispose();
        _list.Dispose();
        _revoke.Dispose();
        _revokeAll.Dispose();
        _hasExpired.Dispose();
        _deleteExpired.Dispose();
    }

    private static object OrNull(string? text) => text is null ? DBNull.Value : text;

    private static string? TextOrNull(SqliteDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);
}
