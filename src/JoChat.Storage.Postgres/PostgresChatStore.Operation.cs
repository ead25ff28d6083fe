using Npgsql;

namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    private const string DetailColumns = """
        SELECT id, username, password_hash, username_key, created_at,
          coalesce((SELECT bytes FROM sent_bytes WHERE account_id = accounts.id), 0),
          (SELECT count(*) FROM logins WHERE account_id = accounts.id),
          (SELECT max(used_at) FROM logins WHERE account_id = accounts.id)
        """;

    /// <inheritdoc/>
    public IReadOnlyList<AccountDetails> ListDetails(string afterKey, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        // Keys of deleted accounts begin with a control character, those of names with none.
        return Read("list accounts of", () => _batch.ToReadBeside().ReadAll(ReadDetails, $"""
            {DetailColumns} FROM accounts WHERE username_key > greatest($1, chr(31)) ORDER BY username_key LIMIT $2
            """, afterKey, limit));
    }

    /// <inheritdoc/>
    public AccountDetails? FindDetails(string usernameKey) => Read("find an account in", () => _batch.ToReadBeside()
        .ReadAll(ReadDetails, $"{DetailColumns} FROM accounts WHERE username_key = $1", usernameKey).FirstOrDefault());

    private static AccountDetails ReadDetails(NpgsqlDataReader rows) => new(
        Accounts.Read(rows), rows.GetText(3), rows.GetTime(4), rows.GetInt64(5), (int)rows.GetInt64(6),
        rows.IsDBNull(7) ? null : rows.GetTime(7));
}
