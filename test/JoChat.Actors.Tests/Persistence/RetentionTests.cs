using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>Messages that are too old are deleted by upkeep.</summary>
public sealed class RetentionTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly Simulation _simulation = new(seed: 1);
    private readonly LogRecorder _log = new();
    private readonly SqliteChatStore _store;
    private readonly IChatStore _calls;
    private readonly AccountId _ada;

    public RetentionTests()
    {
        _store = SqliteChatStore.Open(_folder.File("chat.db"));
        _calls = Intercepted.Of<IChatStore>(_store, call =>
        {
            if (call == nameof(IChatStore.DeleteOld) && IsFailing) { throw new StorageException("disk full", isTransient: true); }
        });
        _store.Begin();
        _ada = _store.AddAccount("ada", "ADA", "hash", DateTimeOffset.UnixEpoch)!.Value;
        _store.Commit();
    }

    private bool IsFailing { get; set; }

    private DateTimeOffset Now => _simulation.Time.GetUtcNow();

    public void Dispose()
    {
        _simulation.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_message_is_deleted_when_it_is_older_than_the_retention_and_not_before()
    {
        Add(1, Now.AddDays(-90).AddSeconds(2));
        Start(TimeSpan.FromDays(90));

        _simulation.Advance(2 * Second);
        Assert.Equal(1, CountMessages());
        _simulation.Advance(Second);

        Assert.Equal(0, CountMessages());
    }

    [Fact]
    public void Messages_that_grew_too_old_while_the_server_was_down_go_at_its_start()
    {
        Add(1000, Now.AddDays(-91));
        Add(10, Now);
        Start(TimeSpan.FromDays(90));

        _simulation.Run();

        Assert.Equal(10, CountMessages());
    }

    [Fact]
    public void Without_a_retention_messages_are_kept()
    {
        Add(1, DateTimeOffset.UnixEpoch);
        Start(TimeSpan.Zero);

        _simulation.Advance(10 * Second);

        Assert.Equal(1, CountMessages());
    }

    [Fact]
    public void Messages_with_a_date_in_the_future_do_not_keep_those_behind_them()
    {
        Add(3000, Now.AddDays(1000));
        Add(500, Now.AddDays(-91));
        Start(TimeSpan.FromDays(90));

        _simulation.Advance(10 * Second);

        Assert.Equal(3000, CountMessages());
    }

    [Fact]
    public void If_the_store_fails_it_is_tried_again_with_the_next_upkeep()
    {
        Add(3000, Now.AddDays(1000)); // so that the old ones are not the first that are found
        Add(500, Now.AddDays(-91));
        IsFailing = true;
        Start(TimeSpan.FromDays(90));
        _simulation.Advance(10 * Second);
        Assert.Equal(3500, CountMessages());
        IsFailing = false;

        _simulation.Advance(Second);

        Assert.Equal(3000, CountMessages());
    }

    [Fact]
    public void That_it_begins_and_how_many_were_deleted_is_told_once_an_hour_and_at_the_end()
    {
        Add(1000, Now.AddDays(-91));
        for (var i = 0; i < 100; i++) { Add(1, Now.AddDays(-90).AddMinutes(i)); }
        var actor = Start(TimeSpan.FromDays(90));

        _simulation.Run();
        Assert.Equal(
        [
            "Retention: messages older than 90 days are being deleted",
            "Retention: 1000 messages older than 90 days were deleted",
        ], Told());
        _simulation.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(Told());
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(Told());
        _simulation.Advance(TimeSpan.FromMinutes(50));
        Assert.Empty(Told());
        _simulation.Sys.Stop(actor);
        _simulation.Run();

        Assert.Single(Told());
    }

    [Fact]
    public void Another_retention_holds_from_the_next_look()
    {
        Add(1, Now.AddDays(-10));
        var keepsFor = TimeSpan.FromDays(90);
        var retention = new Retention(_store, new Changeable<TimeSpan>(() => keepsFor), _simulation.Time, _log);
        Assert.False(retention.HasExpired());

        keepsFor = TimeSpan.FromDays(9);
        Assert.True(retention.HasExpired());
        keepsFor = TimeSpan.Zero;

        Assert.False(retention.HasExpired());
    }

    [Fact]
    public void An_old_message_whose_deletion_was_undone_is_found()
    {
        Add(2, Now.AddDays(-10));
        var retention = new Retention(_store, TimeSpan.FromDays(9), _simulation.Time, _log);
        _store.Begin();
        _store.DeleteMessages(_ada, new long[] { 1 });
        Assert.True(retention.HasExpired());
        _store.Rollback();
        retention.LookAgain();

        Assert.True(retention.HasExpired());
        _store.Begin();
        Assert.Equal(2, retention.DeleteExpired());
        _store.Commit();
    }

    private IActorRef Start(TimeSpan retention) => _simulation.Sys.ActorOf(PersistenceActor.Props(
        _calls, ActorRefs.Nobody, new PersistenceOptions { Retention = retention }, _simulation.Time, _log));

    private void Add(int count, DateTimeOffset sentAt)
    {
        _store.Begin();
        for (var i = 0; i < count; i++)
        {
            var id = new MessageId(_store.LastMessageId.Value + 1);
            _store.AddMessage(new NewMessage(id, _ada, _ada, "hello", sentAt));
        }
        _store.Commit();
    }

    private long? CountMessages() =>
        _store.CountUndelivered(_ada, default, new MessageId(long.MaxValue));

    private IEnumerable<string> Told() =>
        _log.ReadAll().Select(line => line.Text).Where(text => text.StartsWith("Retention", StringComparison.Ordinal));
}
