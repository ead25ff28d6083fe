using System.Globalization;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>What is asked every minute looks into an index, also when PostgreSQL has planned it once for all values.</summary>
[Collection(nameof(SharedCluster))]
public sealed class StatementCostTests(SharedCluster shared)
{
    private const int Rows = 20_000;

    private static readonly DateTimeOffset Early = DateTimeOffset.FromUnixTimeMilliseconds(1);

    private readonly PostgresCluster _cluster = shared.Cluster;

    [Fact]
    public void Looking_for_what_has_expired_reads_no_whole_table()
    {
        var database = _cluster.CreateDatabase();
        var name = database[(database.LastIndexOf('=') + 1)..];
        using (var store = PostgresChatStore.Open(database))
        {
            _cluster.Execute(name, $"""
                INSERT INTO accounts (username, username_key, skeleton, password_hash, created_at)
                VALUES ('ada', 'ADA', 'ada', '', 0);
                INSERT INTO logins (account_id, selector, created_at, used_at, expires_at)
                SELECT accounts.id, 's' || i, 0, 0, 1000 + i FROM accounts, generate_series(1, {Rows}) AS i;
                INSERT INTO held_names (username_key, until, username, skeleton)
                SELECT 'N' || i, 1000 + i, 'n', 'n' FROM generate_series(1, {Rows}) AS i;
                INSERT INTO client_ids (sender_id, client_id, message_id, sent_at, fingerprint)
                SELECT 1 + i % 100, convert_to('c' || i, 'UTF8'), i, 1000 + i, '' FROM generate_series(1, {Rows}) AS i;
                INSERT INTO messages (id, sender_id, recipient_id, sent_at, content)
                SELECT i, 1, 1, 1000 + i, '' FROM generate_series(1, {Rows}) AS i;
                ANALYZE
                """);
            for (var i = 0; i < 20; i++)
            {
                Assert.False(store.HasExpiredLogins(Early));
                Assert.False(store.HasNamesToRelease(Early));
                Assert.False(store.HasExpiredClientIds(Early));
                Assert.Empty(store.FindOld(new MessageId(Rows / 2), Early).Ids);
            }
        }

        Assert.InRange(ReadAfterTheEnd(name), 0, Rows - 1);
    }

    // A connection tells what it has read when it ends.
    private long ReadAfterTheEnd(string database)
    {
        while (_cluster.Execute("postgres", $"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}'").Length > 0)
        {
            Thread.Yield();
        }
        var read = _cluster.Execute(database, """
            SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname IN ('logins', 'held_names', 'client_ids', 'messages')
            """);
        return long.Parse(read, CultureInfo.InvariantCulture);
    }
}
