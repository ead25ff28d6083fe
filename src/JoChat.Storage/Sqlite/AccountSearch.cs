using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The queries that find accounts by a <c>LIKE</c> pattern for their name. See docs/adr/0004.</summary>
internal sealed class AccountSearch(SqliteConnection connection) : IDisposable
{
    internal const string ByKeySql = """
        SELECT id, username
        FROM accounts INDEXED BY accounts_by_name
        WHERE username_key >= $low AND username_key < $high AND username_key LIKE +$pattern ESCAPE '\'
        ORDER BY username_key
        LIMIT $count + 0 OFFSET $start
        """;

    // CROSS JOIN keeps the order of the loops: the names are the outer one, which yields them sorted.
    internal const string ByGramSql = """
        SELECT account.id, account.username
        FROM name_grams AS name
        CROSS JOIN accounts AS account INDEXED BY accounts_by_name ON account.username_key = name.username_key
        WHERE name.gram = $gram AND name.username_key >= $low AND name.username_key < $high
          AND name.username_key LIKE +$pattern ESCAPE '\'
        ORDER BY name.username_key
        LIMIT $count + 0 OFFSET $start
        """;

    internal const string ProbeSql = """
        SELECT count(*)
        FROM (SELECT 1 FROM name_grams
              WHERE gram = $gram AND username_key >= $low AND username_key < $high
              LIMIT $limit + 0)
        """;

    private const int MaxGramsProbed = 16;

    // A gram rarer than the first is good enough; among grams as frequent as the last any will do.
    private static readonly long[] ProbeLimits = [32, 256, 1024];

    // SQLite sorts every blob after every text.
    private static readonly byte[] AfterAllText = [];

    private readonly Statement _byKey = new(connection, ByKeySql,
        ("$low", SqliteType.Text), ("$high", SqliteType.Text), ("$pattern", SqliteType.Text),
        ("$start", SqliteType.Integer), ("$count", SqliteType.Integer));

    private readonly Statement _byGram = new(connection, ByGramSql,
        ("$gram", SqliteType.Text), ("$low", SqliteType.Text), ("$high", SqliteType.Text),
        ("$pattern", SqliteType.Text), ("$start", SqliteType.Integer), ("$count", SqliteType.Integer));

    private readonly Statement _probe = new(connection, ProbeSql,
        ("$gram", SqliteType.Text), ("$low", SqliteType.Text), ("$high", SqliteType.Text),
        ("$limit", SqliteType.Integer));

    public List<AccountName> List(string keyPattern, long start, int count)
    {
        var pattern = KeyPattern.Parse(keyPattern);
        object high = pattern.High is { } text ? text : AfterAllText;
        using var rows = FindRarest(pattern, high) is { } gram
            ? _byGram.Read(gram, pattern.Low, high, keyPattern, start, count)
            : _byKey.Read(pattern.Low, high, keyPattern, start, count);
        var accounts = new List<AccountName>();
        while (rows.Read())
        {
            accounts.Add(new AccountName(new AccountId(rows.GetInt64(0)), rows.GetString(1)));
        }
        return accounts;
    }

    public void Dispose()
    {
        _byKey.Dispose();
        _byGram.Dispose();
        _probe.Dispose();
    }

    // Of the grams that every match has, one that few names between the bounds have; null if there is none. The grams
    // that cover the text usually include a rare one; the others are only counted if not.
    private string? FindRarest(KeyPattern pattern, object high)
    {
        string[] covering = [.. pattern.Inner.SelectMany(TrigramIndex.CoveringGramsOf).Distinct().Take(MaxGramsProbed)];
        string[] all = [.. pattern.Inner.SelectMany(TrigramIndex.GramsOf).Distinct()];
        if (all.Length < 2) { return all.FirstOrDefault(); }
        return FindRare(covering, ProbeLimits, pattern, high)
            ?? FindRare([.. all.Except(covering).Take(MaxGramsProbed)], ProbeLimits[^1..], pattern, high)
            ?? covering[0];
    }

    // Null if all are at least as frequent as the last limit.
    private string? FindRare(string[] grams, long[] limits, KeyPattern pattern, object high)
    {
        foreach (var limit in limits)
        {
            var (rarest, least) = ((string?)null, limit);
            foreach (var gram in grams)
            {
                var names = (long)_probe.ReadScalar(gram, pattern.Low, high, least)!; // an aggregate always has a row
                if (names < least) { (rarest, least) = (gram, names); }
                if (least == 0) { break; }
            }
            if (rarest is not null) { return rarest; }
        }
        return null;
    }
}
