using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>What is measured of batches and of what waits for them.</summary>
public sealed class StoreMetricsTests : PersistenceTestKit
{
    private readonly ActorMetrics _metrics = new();

    private protected override ActorMetrics? Metrics => _metrics;

    [Fact]
    public async Task Messages_that_share_a_batch_are_counted_when_it_is_committed()
    {
        using var gate = new ManualResetEventSlim();
        await BeginAsync(Ada, AdaSession);
        await FlushAsync();
        using var readings = new MeterReadings(_metrics.Meter);
        var (commits, stored) = (Store.Commits, 0.0);
        Store.BeforeFind = gate.Wait; // the first write is held until all have come
        Store.BeforeCommit = () => stored += readings.Read("jochat.messages.stored");

        for (var i = 0; i < 10; i++) { AdaSession.Send(Persistence, ToBob($"{i}")); }
        gate.Set();
        for (var i = 0; i < 10; i++) { await AdaSession.ExpectMsgAsync<Protocol.MessageStored>(); }
        await FlushAsync(); // behind the last thing that the batch has measured

        Assert.InRange(stored, 0, 9);
        Assert.Equal(10, readings.Read("jochat.messages.stored"));
        Assert.Equal(10, readings.Recorded("jochat.batch.size").Sum());
        Assert.All(readings.Recorded("jochat.commit.duration"), seconds => Assert.InRange(seconds, 0, 60));
        Assert.Equal(Store.Commits - commits, readings.Recorded("jochat.commit.duration").Count);
    }

    [Fact]
    public async Task A_batch_that_fails_stores_nothing_and_is_counted_as_failed()
    {
        using var readings = new MeterReadings(_metrics.Meter);
        await BeginAsync(Ada, AdaSession);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);

        AdaSession.Send(Persistence, ToBob("lost"));
        await AdaSession.ExpectMsgAsync<PersistenceReplies.StoreFailed>();
        Store.BeforeCommit = () => { };
        AdaSession.Send(Persistence, ToBob("kept"));
        await AdaSession.ExpectMsgAsync<Protocol.MessageStored>();
        await FlushAsync();

        Assert.Equal(1, readings.Read("jochat.commit.failures"));
        Assert.Equal(1, readings.Read("jochat.messages.stored"));
    }

    [Fact]
    public async Task A_message_that_is_sent_again_under_its_client_id_counts_once()
    {
        using var readings = new MeterReadings(_metrics.Meter);
        await BeginAsync(Ada, AdaSession);

        for (var i = 0; i < 2; i++)
        {
            AdaSession.Send(Persistence, ToBob("hi") with { ClientId = "1" });
            await AdaSession.ExpectMsgAsync<Protocol.MessageStored>();
        }
        await FlushAsync();

        Assert.Equal(1, readings.Read("jochat.messages.stored"));
    }

    [Fact]
    public async Task What_waits_in_the_mailbox_is_the_length_of_its_queue()
    {
        using var readings = new MeterReadings(_metrics.Meter);
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        _metrics.Watch(Persistence, Reading);
        await BeginAsync(Ada, AdaSession);
        Store.BeforeFind = () =>
        {
            entered.Set();
            gate.Wait();
        };

        AdaSession.Send(Persistence, ToBob("first"));
        Assert.True(entered.Wait(TimeSpan.FromMinutes(1)));
        for (var i = 0; i < 5; i++) { AdaSession.Send(Persistence, ToBob($"{i}")); }
        var waiting = readings.Read("jochat.queue.length queue=persistence");
        gate.Set();
        for (var i = 0; i < 6; i++) { await AdaSession.ExpectMsgAsync<Protocol.MessageStored>(); }

        Assert.InRange(waiting, 5, 6); // the commit of the batch may be among them
        Assert.Equal(0, readings.Read("jochat.queue.length queue=reader"));
    }

    private async Task FlushAsync()
    {
        AdaSession.Send(Persistence, new PersistenceCommands.Flush());
        await AdaSession.ExpectMsgAsync<PersistenceReplies.Flushed>();
    }
}
