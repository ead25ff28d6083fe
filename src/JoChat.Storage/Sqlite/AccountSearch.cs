using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>The queries that find accounts by a <c>LIKE</c> pattern for their name. See docs/adr/0004.</summary>
/// <param name="connection">The reader's.</param>
/// <param name="namesAtOnce">How many names a call looks at, ≥ 1.</param>
internal sealed class AccountSearch(SqliteConnection connection, int namesAtOnce) : IDisposable
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

    private const int MaxGramsProbed = 16;

    // A gram rarer than the first is good enough; among grams as frequent as the last any will do.
    private static readonly long[] ProbeLimits = [32, 256, 1024];

    // Names begin behind the control characters; the keys of deleted accounts do not (AccountStatements.FreeNameSql).
    private const string FirstName = " ";

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

    /// <summary>As <see cref="IChatReader.ListAccounts"/>.</summary>
    public ListPart<AccountName, AccountListing> List(AccountListing listing)
    {
        var pattern = KeyPattern.Parse(listing.KeyPattern);
        object high = pattern.High is { } text ? text : AfterAllText;
        var gram = listing.Gram ?? FindRarest(pattern, high) ?? "";
        var low = listing.After is { } after ? KeyPattern.Behind(after) : Later(pattern.Low, FirstName);
        using var rows = gram.Length > 0
            ? _byGram.Read(gram, low, high, listing.KeyPattern, namesAtOnce)
            : _byKey.Read(low, high, listing.KeyPattern, namesAtOnce);

        var accounts = new List<AccountName>();
        var toSkip = listing.Start;
        for (var looked = 1; accounts.Count < listing.Count && rows.Read(); looked++)
        {
            if (rows.GetBoolean(0) && toSkip-- <= 0)
            {
                accounts.Add(new AccountName(new AccountId(rows.GetInt64(1)), rows.GetString(2)));
            }
            if (looked < namesAtOnce) { continue; }
            return new(accounts, listing with
            {
                After = rows.GetString(3),
                Gram = gram,
                Start = Math.Max(0, toSkip),
                Count = listing.Count - accounts.Count,
            });
        }
        return new(accounts, Rest: null);
    }

    public void Dispose()
    {
        _byKey.Dispose();
        _byGram.Dispose();
        _probe.Dispose();
    }

    private static string Later(string one, string other) => string.CompareOrdinal(one, other) < 0 ? other : one;

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
