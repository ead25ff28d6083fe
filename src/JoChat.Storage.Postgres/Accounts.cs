using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The statements on accounts and their names.</summary>
internal static class Accounts
{
    // Conversations last: as long as there are messages, they may still be given their order.
    private static readonly (string Table, string Key, string Column)[] Remains =
    [
        ("blocks", "(account_id, other_id)", "account_id"), ("blocks", "(account_id, other_id)", "other_id"),
        ("client_ids", "(sender_id, client_id)", "sender_id"),
        ("conversations", "(account_id, other_id)", "account_id"),
        ("conversations", "(account_id, other_id)", "other_id"),
    ];

    /// <summary>Reads an account from a row that begins with id, username and password hash.</summary>
    public static Account Read(NpgsqlDataReader rows) =>
        new(new AccountId(rows.GetInt64(0)), rows.GetText(1), rows.GetText(2));

    public static Account? Find(NpgsqlConnection connection, string usernameKey) => connection.ReadAll(
        Read, "SELECT id, username, password_hash FROM accounts WHERE username_key = $1", usernameKey).FirstOrDefault();

    /// <summary>Adds an account, or returns null if the key is taken.</summary>
    public static AccountId? Add(
        NpgsqlConnection connection, string username, string usernameKey, string skeleton, string passwordHash,
        DateTimeOffset createdAt)
    {
        var added = connection.ReadScalar("""
            INSERT INTO accounts (username, username_key, skeleton, password_hash, created_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (username_key) DO NOTHING
            RETURNING id
            """, username, usernameKey, skeleton, passwordHash, createdAt.ToUnixTimeMilliseconds());
        if (added is not long id) { return null; }
        connection.Execute("INSERT INTO watermarks (account_id) VALUES ($1)", id);
        connection.Execute(
            "INSERT INTO name_grams (gram, username_key) SELECT gram, $2 FROM unnest($1) AS gram",
            GramsOf(usernameKey), usernameKey);
        return new AccountId(id);
    }

    /// <summary>Makes an account's name free, so that it is found no more and nobody can log in.</summary>
    /// <returns>False if there is no such account, or it is deleted already.</returns>
    public static bool FreeName(NpgsqlConnection connection, AccountId account)
    {
        var key = (string?)connection.ReadScalar("""
            SELECT username_key FROM accounts WHERE id = $1 AND id NOT IN (SELECT account_id FROM deleted_accounts)
            """, account.Value);
        if (key is null) { return false; }
        connection.Execute(
            "DELETE FROM name_grams WHERE gram = ANY ($1) AND username_key = $2",
            GramsOf(StoredText.Read(key)), StoredText.Read(key));
        // No name begins with a control character, and no list shows one: AccountSearch begins behind them.
        connection.Execute("""
            UPDATE accounts SET username_key = chr(1) || id, skeleton = '', password_hash = '' WHERE id = $1
            """, account.Value);
        return true;
    }

    /// <summary>Deletes some of the rows that a deleted account without messages leaves, and at last itself.</summary>
    public static void DeleteRemains(NpgsqlConnection connection, AccountId account, int most)
    {
        var left = most;
        foreach (var (table, key, column) in Remains)
        {
            if (left <= 0) { return; }
            left -= connection.Execute($"""
                DELETE FROM {table}
                WHERE {key} IN (SELECT {key.Trim('(', ')')} FROM {table} WHERE {column} = $1 LIMIT $2)
                """, account.Value, left);
        }
        if (left <= 0) { return; }
        connection.Execute("DELETE FROM sent_bytes WHERE account_id = $1", account.Value);
        connection.Execute("DELETE FROM accounts WHERE id = $1", account.Value);
    }

    private static List<string> GramsOf(string usernameKey) => [.. NameGrams.AllOf(usernameKey).Select(StoredText.Write)];
}
