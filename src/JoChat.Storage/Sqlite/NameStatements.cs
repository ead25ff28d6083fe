using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The queries that find names of accounts.</summary>
internal sealed class NameStatements(SqliteConnection connection) : INameTable, IDisposable
{
    internal const string ByKeySql = """
        SELECT username_key LIKE +$pattern ESCAPE '\', id, username, username_key
        FROM accounts INDEXED BY accounts_by_name
        WHERE username_key >= $low AND username_key < $high
        ORDER BY username_key
        LIMIT $limit + 0
        """;

    // CROSS JOIN keeps the order of the loops: the names are the outer one, which yields them sorted.
    internal const string ByGramSql = """
        SELECT name.username_key LIKE +$pattern ESCAPE '\', account.id, account.username, name.username_key
        FROM name_grams AS name
        CROSS JOIN accounts AS account INDEXED BY accounts_by_name ON account.username_key = name.username_key
        WHERE name.gram = $gram AND name.username_key >= $low AND name.username_key < $high
        ORDER BY name.username_key
        LIMIT $limit + 0
        """;

    internal const string ProbeSql = """
        SELECT count(*)
        FROM (SELECT 1 FROM name_grams
              WHERE gram = $gram AND username_key >= $low AND username_key < $high
              LIMIT $limit + 0)
        """;

    // SQLite sorts every blob after every text.
    private static readonly byte[] AfterAllText = [];

    private readonly Statement _byKey = new(connection, ByKeySql,
        ("$low", SqliteType.Text), ("$high", SqliteType.Text), ("$pattern", SqliteType.Text),
        ("$limit", SqliteType.Integer));

    private readonly Statement _byGram = new(connection, ByGramSql,
        ("$gram", SqliteType.Text), ("$low", SqliteType.Text), ("$high", SqliteType.Text),
        ("$pattern", SqliteType.Text), ("$limit", SqliteType.Integer));

    private readonly Statement _probe = new(connection, ProbeSql,
        ("$gram", SqliteType.Text), ("$low", SqliteType.Text), ("$high", SqliteType.Text),
        ("$limit", SqliteType.Integer));

    public IEnumerable<FoundName> Find(string gram, string low, string? high, string pattern, int limit)
    {
        using var rows = gram.Length > 0
            ? _byGram.Read(gram, low, OrAll(high), pattern, limit)
            : _byKey.Read(low, OrAll(high), pattern, limit);
        while (rows.Read())
        {
            yield return new FoundName(
                rows.GetBoolean(0), new AccountName(new AccountId(rows.GetInt64(1)), rows.GetString(2)), rows.GetString(3));
        }
    }

    public long CountWithGram(string gram, string low, string? high, long limit) =>
        (long)_probe.ReadScalar(gram, low, OrAll(high), limit)!; // an aggregate always has a row

    public void Dispose()
    {
        _byKey.Dispose();
        _byGram.Dispose();
        _probe.Dispose();
    }

    private static object OrAll(string? high) => high is null ? AfterAllText : high;
}
