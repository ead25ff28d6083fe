using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The queries that find names of accounts.</summary>
internal sealed class NameQueries(NpgsqlConnection connection) : INameTable
{
    /// <summary>A pattern as PostgreSQL takes it: one that ends within an escape matches nothing, and is an error there.
    /// </summary>
    public static string PatternOf(string keyPattern)
    {
        var escapes = keyPattern.Length - keyPattern.TrimEnd('\\').Length;
        return escapes % 2 == 0 ? keyPattern : "";
    }

    public IEnumerable<FoundName> Find(string gram, string low, string? high, string pattern, int limit) =>
        gram.Length > 0
            ? connection.ReadAll(Read, $"""
                SELECT account.username_key LIKE $1 ESCAPE '\', account.id, account.username, account.username_key
                FROM (SELECT username_key
                      FROM name_grams
                      WHERE gram = $5 AND username_key >= $2 {Below(high)}
                      ORDER BY username_key
                      LIMIT $4) AS name
                JOIN accounts AS account ON account.username_key = name.username_key
                ORDER BY account.username_key
                """, PatternOf(pattern), low, high ?? "", limit, gram)
            : connection.ReadAll(Read, $"""
                SELECT username_key LIKE $1 ESCAPE '\', id, username, username_key
                FROM accounts
                WHERE username_key >= $2 {Below(high)}
                ORDER BY username_key
                LIMIT $4
                """, PatternOf(pattern), low, high ?? "", limit);

    public long CountWithGram(string gram, string low, string? high, long limit) => (long)connection.ReadScalar($"""
        SELECT count(*)
        FROM (SELECT 1
              FROM name_grams
              WHERE gram = $1 AND username_key >= $2 {Below(high)}
              LIMIT $4) AS counted
        """, gram, low, high ?? "", limit)!;

    // Apart, so that the index is read no further.
    private static string Below(string? high) => high is null ? "" : "AND username_key < $3";

    private static FoundName Read(NpgsqlDataReader rows) => new(
        rows.GetBoolean(0), new AccountName(new AccountId(rows.GetInt64(1)), rows.GetText(2)), rows.GetText(3));
}
