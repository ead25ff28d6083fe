using Akka.Configuration;
using JoChat.Actors;
using JoChat.Link;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Cluster.Tests;

/// <summary>The writer opens the store, tries again or gives up, and closes it when another node is to write.</summary>
public sealed class WriterActorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly ActorSystem _system;
    private readonly TaskCompletionSource<string> _lost = new();
    private int _steps;

    public WriterActorTests()
    {
        _system = ActorSystem.Create("writer", ConfigurationFactory.FromResource("akka.conf", typeof(ChatService).Assembly));
        ((TimeProviderScheduler)_system.Scheduler).Clock = _clock;
    }

    private string Database => _folder.File("chat.db");

    public void Dispose()
    {
        _system.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Links_are_given_with_an_epoch_above_the_one_before()
    {
        using (var before = OpenStore()) { Assert.Equal(1, before.RaiseEpoch()); }
        var writer = Start(OpenStore);

        var welcome = await GreetAsync(writer);

        Assert.Equal(2, welcome.Name.Epoch);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_tried_again()
    {
        var tries = 0;
        var writer = Start(() => ++tries < 3 ? throw new StorageException("busy", isTransient: true) : OpenStore());

        await GreetAsync(writer);

        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task After_ten_seconds_the_node_is_told_why_and_the_writer_ends()
    {
        var writer = Start(() => throw new StorageException("no such database", isTransient: false));
        var stopped = writer.WatchAsync();

        while (!_lost.Task.IsCompleted) { await PassTimeAsync(); }

        Assert.Equal("no such database", await _lost.Task);
        await stopped.OrFail();
    }

    [Fact]
    public async Task What_will_not_pass_is_not_tried_again()
    {
        Start(() => throw new FormatException("no connection string"));

        Assert.Equal("no connection string", await _lost.Task.OrFail());
    }

    [Fact]
    public async Task A_writer_that_is_to_hand_over_closes_the_store()
    {
        var writer = Start(OpenStore);
        await GreetAsync(writer);
        var stopped = writer.WatchAsync();

        writer.Tell(WriterActor.HandOver.Instance);

        await stopped.OrFail();
        OpenStore().Dispose(); // the file is free
        Assert.False(_lost.Task.IsCompleted);
    }

    [Fact]
    public async Task A_writer_that_is_to_hand_over_while_it_opens_the_store_closes_it_then()
    {
        using var gate = new ManualResetEventSlim();
        var opened = new TaskCompletionSource<IChatStore>();
        var writer = Start(() =>
        {
            gate.Wait();
            opened.SetResult(OpenStore());
            return opened.Task.Result;
        });
        var stopped = writer.WatchAsync();

        writer.Tell(WriterActor.HandOver.Instance);
        gate.Set();

        await stopped.OrFail();
        OpenStore().Dispose();
    }

    [Fact]
    public async Task When_the_store_is_lost_the_node_is_told_why()
    {
        var writer = Start(OpenStore);
        await GreetAsync(writer);

        File.Move(Database, _folder.File("moved.db"));
        while (!_lost.Task.IsCompleted) { await PassTimeAsync(); }

        Assert.Contains("chat.db", await _lost.Task, StringComparison.Ordinal);
    }

    private IActorRef Start(Func<IChatStore> openStore) => _system.ActorOf(WriterActor.Props(
        openStore, new PersistenceOptions(), new LinkOptions(), _clock, NullLoggerFactory.Instance,
        reason => _lost.TrySetResult(reason)));

    private SqliteChatStore OpenStore() => SqliteChatStore.Open(Database, skeletonOf: Skeleton.Of);

    // Until it is open, nobody answers.
    private async Task<LinkWire.Welcome> GreetAsync(IActorRef writer)
    {
        var welcome = _system.ActorOf(Greeting.Props(out var answer));
        while (!answer.IsCompleted)
        {
            writer.Tell(new LinkWire.Hello(), welcome);
            await PassTimeAsync();
        }
        return await answer;
    }

    // Real time too: the store is opened by another thread.
    private async Task PassTimeAsync()
    {
        Assert.True(++_steps < 1000, "It should have come to an end by now.");
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        await pause.WaitForNextTickAsync();
    }

    private sealed class Greeting : ReceiveActor
    {
        public Greeting(TaskCompletionSource<LinkWire.Welcome> answer) =>
            Receive<LinkWire.Welcome>(welcome => answer.TrySetResult(welcome));

        public static Props Props(out Task<LinkWire.Welcome> answer)
        {
            var source = new TaskCompletionSource<LinkWire.Welcome>();
            answer = source.Task;
            return Akka.Actor.Props.Create(() => new Greeting(source));
        }
    }
}
