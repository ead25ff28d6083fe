using System.Globalization;
using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>Connections that are lost at the worst moment: what is answered is stored, once.</summary>
[Collection(nameof(SharedCluster))]
public sealed class LostConnectionTests : IAsyncDisposable, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgresCluster _cluster;
    private readonly CuttingRelay _relay;
    private readonly PostgresChatStore _store;
    private readonly AccountId _ada;

    public LostConnectionTests(SharedCluster shared)
    {
        _cluster = shared.Cluster;
        _relay = new CuttingRelay(_cluster.Port);
        Direct = _cluster.CreateSchema();
        var through = Direct.Replace(
            $"Port={_cluster.Port}", string.Create(CultureInfo.InvariantCulture, $"Port={_relay.Port}"),
            StringComparison.Ordinal);
        _store = PostgresChatStore.Open(through, new StoreLimits(), TimeSpan.FromSeconds(1));
        _ada = _store.Add("ada");
    }

    private string Direct { get; }

    private string Schema => Direct[(Direct.LastIndexOf('=') + 1)..];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_whose_commit_or_its_answer_is_lost_is_stored_once(bool isAnswerLost)
    {
        Offer("before", "c0");
        _store.Begin();
        AddMessage("hello", "c1");
        if (isAnswerLost) { _relay.LoseAnswers(); }
        else { _relay.LoseRequests(); }

        var sentBefore = _store.Commit();

        Assert.Empty(sentBefore);
        Assert.Equal(["before", "hello"], Contents());
        Assert.Single(Offer("hello", "c1"));
    }

    [Fact]
    public async Task What_cannot_be_found_out_within_ten_seconds_ends_the_store()
    {
        _store.Begin();
        AddMessage("hello", "c1");
        await _relay.DisposeAsync();

        var lost = Assert.Throws<StoreLostException>(() => _store.Commit());

        Assert.Contains("it cannot be told whether the last messages are stored", lost.Message, StringComparison.Ordinal);
        Assert.Throws<StoreLostException>(_store.EnsureInPlace);
    }

    [Fact]
    public void What_was_sent_before_is_told_also_if_the_first_answer_is_lost()
    {
        Offer("hello", "c1");
        var sent = _store.CountSentBytes(_ada);
        _store.Begin();
        var again = AddMessage("hello", "c1");
        _relay.LoseAnswers();

        var sentBefore = _store.Commit();

        Assert.Equal(new FirstSend(new MessageId(1), Noon, IsSame: true), sentBefore[again]);
        Assert.Equal(["hello"], Contents());
        Assert.Equal(sent, _store.CountSentBytes(_ada));
    }

    [Fact]
    public void A_batch_that_is_stored_is_not_refused_because_the_look_at_it_fails_once()
    {
        Sql("""
            CREATE SEQUENCE looks;
            GRANT USAGE ON SEQUENCE looks TO PUBLIC;
            CREATE OR REPLACE FUNCTION sent_before(
                ids bigint[], senders bigint[], in_client_ids bytea[], fingerprints bytea[])
            RETURNS TABLE (id bigint, first_id bigint, first_at bigint, is_same boolean) LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('looks') = 1 THEN RAISE 'not now'; END IF;
            END $$
            """);
        _store.Begin();
        AddMessage("hello", "c1");
        _relay.LoseAnswers();

        Assert.Empty(_store.Commit());

        Assert.Equal("2", Sql("SELECT nextval('looks') - 1"));
        Assert.Equal(["hello"], Contents());
    }

    [Fact]
    public void What_was_sent_before_is_taken_back_once_also_if_it_is_told_twice()
    {
        Offer("hello", "c1");
        using var server = new PostgresServer(Direct, TimeSpan.FromSeconds(1));
        using var connection = server.Connect();
        var sentBytes = new PendingSentBytes();
        var again = new PendingWrites(sentBytes);
        again.Add(new NewMessage(new MessageId(2), _ada, _ada, "hello", Noon, "c1"));
        var sentBefore = new Dictionary<MessageId, FirstSend>();

        again.FindSentBefore(connection, sentBefore);
        again.FindSentBefore(connection, sentBefore);
        again.Written(sentBefore);

        Assert.Single(sentBefore);
        Assert.Equal(1000, sentBytes.Of(_ada, written: 1000));
    }

    [Theory]
    [InlineData("messages", "53100", "its disk is full")]
    [InlineData("held_names", "53100", "its disk is full")]
    [InlineData("held_names", "P0001", "no")]
    public void A_commit_that_the_server_refuses_tells_why_and_the_next_is_taken(
        string table, string sqlState, string reason)
    {
        Sql($"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE 'no' USING ERRCODE = '{sqlState}';
            END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        _store.Begin();
        AddMessage("hello", "c1");
        if (table == "held_names") { _store.HoldName("eve", "EVE", Noon); }

        var refused = Assert.Throws<StorageException>(() => _store.Commit());

        Assert.EndsWith($": {reason}", refused.Message.Split(';')[0], StringComparison.Ordinal);
        Sql($"DROP TRIGGER refuse ON {table}");
        Assert.Empty(Offer("hello", "c1"));
        Assert.Equal(["hello"], Contents());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_transaction_whose_connection_is_lost_is_stored_as_it_is_told(bool isAnswerLost)
    {
        _store.Begin();
        AddMessage("hello", "c1");
        _store.HoldName("eve", "EVE", Noon); // is written at once, so the batch is a transaction
        if (isAnswerLost) { _relay.LoseAnswers(); }
        else { _relay.LoseRequests(); }

        if (isAnswerLost) { _store.Commit(); }
        else { Assert.True(Assert.Throws<StorageException>(() => _store.Commit()).IsTransient); }

        Assert.Equal(isAnswerLost ? ["hello"] : [], Contents());
        Assert.Equal(isAnswerLost, _store.IsHeld("EVE", Noon.AddDays(-1)));
        Offer("next", "c2");
    }

    [Fact]
    public void A_connection_that_is_lost_within_a_batch_fails_it_and_no_other()
    {
        _store.Begin();
        AddMessage("hello", "c1");
        _store.HoldName("eve", "EVE", Noon);
        EndWriter();

        Assert.Throws<StorageException>(() => _store.HoldName("bob", "BOB", Noon));
        Assert.Throws<StorageException>(() => _store.Commit());

        Assert.Empty(Offer("hello", "c1"));
        Assert.Equal(["hello"], Contents());
    }

    [Fact]
    public void A_connection_that_ends_between_batches_is_not_noticed()
    {
        Offer("one", "c1");
        EndWriter();

        Offer("two", "c2");

        Assert.Equal(["one", "two"], Contents());
    }

    [Fact]
    public void A_readers_connection_that_ends_while_it_waits_is_not_noticed()
    {
        using var reader = _store.OpenReader();
        Assert.NotNull(reader.FindAccount("ADA"));
        Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            + "WHERE application_name = 'jochat-gateway' AND pid <> (SELECT backend FROM writer)");

        Assert.NotNull(reader.FindAccount("ADA"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_writer_that_another_has_taken_over_from_stores_nothing_more(bool isTransaction)
    {
        Offer("hello", "c1");
        _store.Begin();
        AddMessage("late", "c2");
        Sql("UPDATE writer SET epoch = epoch + 1, owner = gen_random_uuid()");
        if (isTransaction) { Assert.Throws<StoreLostException>(() => _store.HoldName("eve", "EVE", Noon)); }

        var lost = Assert.Throws<StoreLostException>(() => _store.Commit());

        Assert.Contains("another gateway has taken over", lost.Message, StringComparison.Ordinal);
        Assert.Equal("1", Sql("SELECT count(*) FROM messages"));
        Assert.Throws<StoreLostException>(_store.EnsureInPlace);
        _store.Rollback();
        Assert.Throws<StoreLostException>(_store.Begin);
    }

    [Fact]
    public void A_writer_that_another_has_taken_over_from_meanwhile_does_not_take_it_back()
    {
        Offer("hello", "c1");
        Sql("UPDATE writer SET epoch = epoch + 1, owner = gen_random_uuid()");
        _store.Begin();
        AddMessage("late", "c2");
        EndWriter();

        Assert.Throws<StoreLostException>(() => _store.Commit());

        Assert.Equal("1", Sql("SELECT count(*) FROM messages"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_takes_over_ends_a_writer_that_is_in_the_middle_of_a_batch(bool isTransaction)
    {
        Offer("hello", "c1");
        _store.Begin();
        AddMessage("late", "c2");
        if (isTransaction) { _store.HoldName("eve", "EVE", Noon); } // it has locked the row of the writer

        using var other = PostgresChatStore.Open(Direct, takesOver: true);
        var epoch = other.RaiseEpoch();
        other.InBatch(() => other.AddMessage(_ada, _ada, "next", Noon));

        Assert.Throws<StoreLostException>(() => _store.Commit());
        Assert.Throws<StoreLostException>(() => _store.RaiseEpoch());
        Assert.Equal("hello,next", Sql("SELECT string_agg(convert_from(content, 'UTF8'), ',' ORDER BY id) FROM messages"));
        Assert.True(epoch < other.RaiseEpoch());
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask(); // this is the one that xunit calls

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _relay.DisposeAsync();
    }

    private IReadOnlyDictionary<MessageId, FirstSend> Offer(string content, string clientId) =>
        _store.InBatch(() => AddMessage(content, clientId));

    private MessageId AddMessage(string content, string clientId)
    {
        var id = new MessageId(_store.LastMessageId.Value + 1);
        _store.AddMessage(new NewMessage(id, _ada, _ada, content, Noon, clientId));
        return id;
    }

    private IEnumerable<string> Contents() => _store
        .ReadUndelivered(_ada, default, new MessageId(long.MaxValue), 10, 10_000).Select(message => message.Content);

    private void EndWriter() => Sql("SELECT pg_terminate_backend(backend) FROM writer");

    private string Sql(string sql) => _cluster.Execute("postgres", $"SET search_path = {Schema}; {sql}");
}
