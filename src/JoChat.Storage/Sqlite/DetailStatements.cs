using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The statements by which an operator sees accounts.</summary>
internal sealed class DetailStatements(SqliteConnection connection) : IDisposable
{
    // Keys of deleted accounts begin with a control character, those of names with none.
    internal const string ListSql = Columns + """
         FROM accounts WHERE username_key > max($after, char(31)) ORDER BY username_key LIMIT $limit + 0
        """;

    internal const string FindSql = Columns + " FROM accounts WHERE username_key = $key";

    private const string Columns = """
        SELECT id, username, password_hash, username_key, created_at,
          ifnull((SELECT bytes FROM sent_bytes WHERE account_id = accounts.id), 0),
          (SELECT count(*) FROM logins WHERE account_id = accounts.id),
          (SELECT max(used_at) FROM logins WHERE account_id = accounts.id)
        """;

    private readonly Statement _list = new(connection, ListSql, ("$after", SqliteType.Text), ("$limit", SqliteType.Integer));
    private readonly Statement _find = new(connection, FindSql, ("$key", SqliteType.Text));

    public List<AccountDetails> List(string afterKey, int limit)
    {
        using var rows = _list.Read(afterKey, limit);
        return Read(rows);
    }

    public AccountDetails? Find(string usernameKey)
    {
        using var rows = _find.Read(usernameKey);
        return Read(rows).FirstOrDefault();
    }

    public void Dispose()
    {
        _list.Dispose();
        _find.Dispose();
    }

    private static List<AccountDetails> Read(SqliteDataReader rows)
    {
        var read = new List<AccountDetails>();
        while (rows.Read())
        {
            read.Add(new AccountDetails(
                AccountStatements.ReadAccount(rows), rows.GetString(3), Time(rows.GetInt64(4)), rows.GetInt64(5),
                rows.GetInt32(6), rows.IsDBNull(7) ? null : Time(rows.GetInt64(7))));
        }
        return read;

        static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
