using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The query that finds some of those with whom an account has a conversation.</summary>
internal sealed class ContactSearch(SqliteConnection connection) : IDisposable
{
    // All of the newest contacts are read and sorted: they are few.
    internal const string Sql = $"""
        SELECT account.id, account.username
        FROM (SELECT other_id AS id FROM ({ConversationSql.Rank})
              UNION
              SELECT id FROM accounts WHERE username_key = $key) AS known
        CROSS JOIN accounts AS account ON account.id = known.id
        WHERE account.username_key >= ' ' -- below are deleted ones
          AND account.username_key LIKE +$pattern ESCAPE '\'
        ORDER BY account.username_key
        LIMIT $count + 0 OFFSET $start
        """;

    private readonly Statement _find = new(connection, Sql,
        ("$account", SqliteType.Integer), ("$before", SqliteType.Integer), ("$limit", SqliteType.Integer),
        ("$key", SqliteType.Text), ("$pattern", SqliteType.Text),
        ("$start", SqliteType.Integer), ("$count", SqliteType.Integer));

    /// <summary>As <see cref="IChatReader.ListContacts"/>.</summary>
    public List<AccountName> List(AccountId account, string keyPattern, string nameKey, long start, int count)
    {
        var contacts = new List<AccountName>();
        using var rows = _find.Read(
            account.Value, long.MaxValue, IChatReader.MaxContacts, nameKey, keyPattern, start, count);
        while (rows.Read())
        {
            contacts.Add(new AccountName(new AccountId(rows.GetInt64(0)), rows.GetString(1)));
        }
        return contacts;
    }

    public void Dispose() => _find.Dispose();
}
