using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>What <see cref="PostgresChatStore.Open(string, Func{string, string}, bool)"/> refuses, with what the operator is told.
/// </summary>
[Collection(nameof(SharedCluster))]
public sealed class RefusalTests(SharedCluster shared)
{
    private readonly PostgresCluster _cluster = shared.Cluster;

    [Fact]
    public void A_database_that_another_gateway_uses_is_refused_until_that_one_has_stopped()
    {
        var database = _cluster.CreateDatabase();
        var first = PostgresChatStore.Open(database);
        var ada = first.Add("ada");

        Assert.Matches(
            @"^cannot open PostgreSQL database jochat\d+ at 127\.0\.0\.1:\d+: another gateway uses it, from 127\.0\.0\.1 "
            + @"\(backend \d+\); stop that one first$",
            Refusal(database));
        first.InBatch(() => first.AddMessages(ada, count: 1));
        first.Dispose();

        using var second = PostgresChatStore.Open(database);
        Assert.Equal(1, second.CountAll(ada, default, new MessageId(long.MaxValue)));
    }

    [Fact]
    public void A_database_with_tables_of_others_is_refused_and_left_as_it_was()
    {
        var database = _cluster.CreateDatabase();
        _cluster.Execute(NameOf(database), "CREATE TABLE orders (id int)");

        Assert.Contains(
            "it has tables that are not JoChat's, such as orders; give JoChat an empty database", Refusal(database),
            StringComparison.Ordinal);
        Assert.Equal("orders", _cluster.Execute(NameOf(database), "SELECT relname FROM pg_stat_user_tables"));
    }

    [Fact]
    public void A_newer_database_is_refused()
    {
        var database = _cluster.CreateDatabase();
        PostgresChatStore.Open(database).Dispose();
        _cluster.Execute(NameOf(database), "UPDATE jochat_schema SET version = 1000");

        Assert.Contains("its schema 1000 is newer than this program", Refusal(database), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_in_UTF8_is_refused()
    {
        _cluster.Execute("postgres", "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");

        Assert.Contains(
            "its encoding is SQL_ASCII", Refusal(_cluster.ConnectTo("ascii")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_sync_is_refused()
    {
        using var unsafeCluster = new PostgresCluster("fsync=off");

        Assert.Contains("fsync = off", Refusal(unsafeCluster.CreateDatabase()), StringComparison.Ordinal);
    }

    [Fact]
    public void Commits_wait_for_the_disk_whatever_the_server_has_set()
    {
        var database = _cluster.CreateDatabase();
        _cluster.Execute("postgres", $"ALTER DATABASE {NameOf(database)} SET synchronous_commit = off");
        using var server = new PostgresServer(database, TimeSpan.FromSeconds(1));

        using var connection = server.ConnectWriter();

        Assert.Equal("on", connection.ReadScalar("SHOW synchronous_commit"));
    }

    [Fact]
    public void Commits_wait_for_the_disk_also_if_the_server_is_set_otherwise_later()
    {
        var database = _cluster.CreateDatabase();
        using var server = new PostgresServer(database, TimeSpan.FromSeconds(1));
        using var connection = server.ConnectWriter();
        using var other = server.Connect();
        _cluster.Execute("postgres", "ALTER SYSTEM SET synchronous_commit = off");
        try
        {
            _cluster.Execute("postgres", "SELECT pg_reload_conf()");
            while ((string?)other.ReadScalar("SHOW synchronous_commit") != "off") { }

            Assert.Equal("on", connection.ReadScalar("SHOW synchronous_commit"));
        }
        finally
        {
            _cluster.Execute("postgres", "ALTER SYSTEM RESET synchronous_commit");
            _cluster.Execute("postgres", "SELECT pg_reload_conf()");
        }
    }

    [Theory]
    [InlineData("Encoding=iso-8859-1")]
    [InlineData("Client Encoding=LATIN1")]
    [InlineData("Multiplexing=true")]
    [InlineData("Timeout=0")]
    [InlineData("Command Timeout=0")]
    public void What_would_be_unsafe_in_a_connection_string_is_passed_over(string values)
    {
        var database = $"{_cluster.CreateDatabase()};{values}";
        using (var store = PostgresChatStore.Open(database)) { store.Add("é\u2713"); }
        using var server = new PostgresServer(database, TimeSpan.FromSeconds(1));
        using var connection = server.Connect();

        Assert.Equal("é\u2713", connection.ReadScalar("SELECT username FROM accounts"));
        Assert.InRange(connection.ConnectionTimeout, 1, 10);
    }

    [Fact]
    public void What_a_connection_fails_at_is_told_whatever_it_is() => Assert.StartsWith(
        "cannot connect to PostgreSQL database chat at 127.0.0.1:99999: ",
        Refusal("Host=127.0.0.1;Port=99999;Username=jochat;Database=chat"), StringComparison.Ordinal);

    [Fact]
    public void What_cannot_be_reached_is_refused_with_what_to_do()
    {
        var gone = $"Host=127.0.0.1;Port={FreePort.Find()};Username=jochat;Database=chat";
        Assert.Contains("the server cannot be reached", Refusal(gone), StringComparison.Ordinal);
        Assert.Contains(
            "there is no such database; make it with createdb", Refusal(_cluster.ConnectTo("none")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat.db")]
    [InlineData("Hots=127.0.0.1")]
    [InlineData("Database=chat")]
    public void What_is_no_connection_string_is_told_as_that(string text) =>
        Assert.Throws<FormatException>(() => PostgresChatStore.Open(text));

    [Fact]
    public void What_names_hold_is_kept_to_the_character()
    {
        string[] texts = ["", "a", "\0", "a\0b", "\u0001", "\u0001\u0001", "\0\u0001\u0002", "\u0002", "é\0\U0001F389"];

        Assert.Equal(texts, texts.Select(text => StoredText.Read(StoredText.Write(text))));
        Assert.All(texts, text => Assert.DoesNotContain('\0', StoredText.Write(text)));
        Assert.Equal(
            texts.Order(StringComparer.Ordinal).Select(StoredText.Write),
            texts.Select(StoredText.Write).Order(StringComparer.Ordinal));
    }

    private static string Refusal(string database) =>
        Assert.Throws<StorageException>(() => PostgresChatStore.Open(database)).Message;

    private static string NameOf(string database) => database[(database.LastIndexOf('=') + 1)..];
}
