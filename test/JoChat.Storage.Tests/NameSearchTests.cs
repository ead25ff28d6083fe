using Microsoft.Data.Sqlite;

namespace JoChat.Storage.Tests;

/// <summary>The index of names says what reading all of them would say.</summary>
public sealed class NameSearchTests : DatabaseTests
{
    // With characters of one to four bytes, what LIKE gives a meaning, and the ends of what has a successor.
    private static readonly string[] Characters =
        ["A", "B", "C", "É", "語", "🙂", "%", "_", "\\", "\uD7FF", "\uE000", "\U0010FFFF"];

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(1, 3)]
    [InlineData(2, 6)]
    [InlineData(3, 12)]
    public void Random_patterns_find_what_a_scan_finds(int seed, int alphabet)
    {
        var random = new Random(seed);
        using var store = Open();
        AddNames(store, random, alphabet, count: 400);
        using var reader = store.OpenReader();
        using var scan = Sqlite.Connect(Folder.Database);
        scan.Run("PRAGMA case_sensitive_like = ON");
        var found = 0;

        for (var round = 0; round < 2000; round++)
        {
            var pattern = RandomPattern(random, alphabet);
            var (start, count) = (random.Next(4) * random.Next(10), random.Next(30));
            var expected = Scan(scan, pattern, start, count);
            var listed = reader.ListAccounts(pattern, start, count).Select(account => account.Id.Value);
            Assert.Equal((pattern, string.Join(' ', expected)), (pattern, string.Join(' ', listed)));
            found += expected.Count;
        }

        Assert.True(found > 1000, $"too few matches to tell: {found}");
    }

    [Fact]
    public void The_index_holds_the_grams_of_existing_accounts_alone()
    {
        var random = new Random(1);
        using (var store = Open())
        {
            AddNames(store, random, Characters.Length, count: 200);
            store.Begin();
            for (var id = 1; id <= 100; id++) { store.DeleteWhole(new AccountId(id)); }
            store.Commit();
        }
        using var kept = Sqlite.Connect(Folder.Database);

        // As the migration fills it, for the same accounts.
        using var old = Sqlite.CreateOld(Folder.File("old.db"), schema: 2);
        old.Run($"""
            ATTACH '{Folder.Database}' AS kept;
            INSERT INTO main.accounts
            SELECT id, username, username_key, password_hash, created_at, received_through FROM kept.accounts
            """);
        old.Run("DETACH kept");
        Migrations.Apply(old, name => name);

        Assert.NotEqual("0", Grams(kept).Split(' ')[0]);
        Assert.Equal(Grams(kept), Grams(old));
    }

    private static void AddNames(SqliteChatStore store, Random random, int alphabet, int count)
    {
        store.Begin();
        for (var i = 0; i < count; i++)
        {
            var key = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => AnyOf(random, alphabet)));
            store.AddAccount(key, key, "hash", DateTimeOffset.UnixEpoch); // some keys are taken, which is as well
        }
        store.Commit();
    }

    private static string RandomPattern(Random random, int alphabet) => string.Concat(
        Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(5) switch
        {
            0 or 1 => "%",
            2 => random.Next(3) > 0 ? "_" : "%",
            _ => Literal(AnyOf(random, alphabet)),
        }));

    private static string Literal(string character) => character is "%" or "_" or "\\" ? "\\" + character : character;

    private static string AnyOf(Random random, int alphabet) => Characters[random.Next(alphabet)];

    private static List<long> Scan(SqliteConnection connection, string pattern, long start, int count)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id FROM accounts NOT INDEXED WHERE username_key LIKE $pattern ESCAPE '\'
            ORDER BY username_key LIMIT $count OFFSET $start
            """;
        command.Parameters.AddWithValue("$pattern", pattern);
        command.Parameters.AddWithValue("$start", start);
        command.Parameters.AddWithValue("$count", count);
        using var rows = command.ExecuteReader();
        var ids = new List<long>();
        while (rows.Read()) { ids.Add(rows.GetInt64(0)); }
        return ids;
    }

    private static string Grams(SqliteConnection connection) => (string)connection.Run("""
        SELECT count(*) || ' ' || group_concat(hex(gram) || ':' || hex(username_key))
        FROM (SELECT gram, username_key FROM name_grams ORDER BY 1, 2)
        """)!;
}
