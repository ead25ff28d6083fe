using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The statements on logins and their tokens.</summary>
internal static class Logins
{
    private const string FoundColumns =
        "account.id, account.username, account.password_hash, login.id, login.selector, login.created_at";

    public static LoginId Add(NpgsqlConnection connection, NewLogin login, int keep)
    {
        // Before the insert, so that the new login is never the one to be deleted.
        connection.Execute("""
            DELETE FROM logins
            WHERE id IN (
                SELECT id FROM logins WHERE account_id = $1 ORDER BY expires_at DESC, id DESC OFFSET $2)
            """, login.Account.Value, keep - 1);
        var at = login.Use.At.ToUnixTimeMilliseconds();
        var id = (long)connection.ReadScalar("""
            INSERT INTO logins (account_id, selector, created_at, used_at, expires_at, client, address)
            VALUES ($1, $2, $3, $3, $4, $5, $6)
            RETURNING id
            """, login.Account.Value, login.Selector, at, login.ExpiresAt.ToUnixTimeMilliseconds(), login.Use.Client,
            login.Use.Address)!;
        connection.Execute("INSERT INTO login_tokens (hash, login_id) VALUES ($1, $2)", login.TokenHash, id);
        return new LoginId(id);
    }

    public static UsedToken? Use(NpgsqlConnection connection, StoredToken token, TokenUse use)
    {
        var now = use.At.ToUnixTimeMilliseconds();
        var good = connection.ReadAll(rows => ReadFound(rows, isReplaced: false), $"""
            SELECT {FoundColumns}
            FROM login_tokens AS token
            JOIN logins AS login ON login.id = token.login_id
            JOIN accounts AS account ON account.id = login.account_id
            WHERE token.hash = $1 AND login.expires_at > $2
            """, token.Hash, now);
        if (good is [var used])
        {
            NoteUse(connection, used.Login, token.Hash, use);
            return used;
        }
        return connection.ReadAll(rows => ReadFound(rows, isReplaced: true), $"""
            SELECT {FoundColumns}
            FROM logins AS login
            JOIN accounts AS account ON account.id = login.account_id
            WHERE login.selector = ANY ($1) AND login.expires_at > $2
            ORDER BY array_position($1, login.selector)
            LIMIT 1
            """, token.Selectors.Select(StoredText.Write).ToList(), now).FirstOrDefault();
    }

    public static void Offer(NpgsqlConnection connection, LoginId login, byte[] hash, DateTimeOffset offeredAt, int keep)
    {
        // Before the insert, so that the new token is never the one to go.
        connection.Execute("""
            DELETE FROM login_tokens
            WHERE hash IN (
                SELECT hash FROM login_tokens WHERE login_id = $1 AND offered_at IS NOT NULL
                ORDER BY offered_at DESC OFFSET $2)
            """, login.Value, keep - 1);
        connection.Execute(
            "INSERT INTO login_tokens (hash, login_id, offered_at) VALUES ($1, $2, $3)",
            hash, login.Value, offeredAt.ToUnixTimeMilliseconds());
    }

    public static List<StoredLogin> List(NpgsqlConnection connection, AccountId account, DateTimeOffset now, int limit) =>
        connection.ReadAll(
            rows => new StoredLogin(
                new LoginId(rows.GetInt64(0)), rows.GetTextOrNull(1), rows.GetTextOrNull(2), rows.GetTime(3),
                rows.GetTime(4)),
            """
            SELECT id, client, address, created_at, used_at
            FROM logins
            WHERE account_id = $1 AND expires_at > $2
            ORDER BY used_at DESC, id DESC
            LIMIT $3
            """, account.Value, now.ToUnixTimeMilliseconds(), limit);

    public static void RevokeAll(NpgsqlConnection connection, AccountId account) =>
        connection.Execute("DELETE FROM logins WHERE account_id = $1", account.Value);

    private static void NoteUse(NpgsqlConnection connection, LoginId login, byte[] hash, TokenUse use)
    {
        // One that was used before stays beside what was given in its place: that may never have arrived.
        var isFirst = connection.Execute(
            "UPDATE login_tokens SET offered_at = NULL WHERE hash = $1 AND offered_at IS NOT NULL", hash) > 0;
        if (isFirst)
        {
            connection.Execute("DELETE FROM login_tokens WHERE login_id = $1 AND hash <> $2", login.Value, hash);
        }
        connection.Execute("""
            UPDATE logins SET used_at = $2, client = coalesce($3, client), address = coalesce($4, address) WHERE id = $1
            """, login.Value, use.At.ToUnixTimeMilliseconds(), use.Client, use.Address);
    }

    private static UsedToken ReadFound(NpgsqlDataReader rows, bool isReplaced) => new(
        new LoginId(rows.GetInt64(3)), Accounts.Read(rows), rows.GetText(4), rows.GetTime(5), isReplaced);
}
