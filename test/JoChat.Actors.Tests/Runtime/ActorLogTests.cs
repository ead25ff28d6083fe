using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors.Tests;

/// <summary>What Akka.NET logs is in the process's log, once.</summary>
public sealed class ActorLogTests : IAsyncLifetime
{
    private readonly LogRecorder _log = new();
    private ActorSystem? _system;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system!.Terminate();

    [Fact]
    public async Task Nothing_is_logged_at_level_OFF()
    {
        var failing = Start("\"OFF\"").ActorOf(Props.Create(() => new Failing()));
        failing.Tell(new InvalidOperationException("broken"));
        await failing.WatchAsync();

        // Read after what was published.
        await _system!.ActorSelection("/user/log").Ask<ActorIdentity>(new Identify(null));

        Assert.Empty(_log.ReadAll());
    }

    [Theory]
    [InlineData("ERROR")]
    [InlineData("DEBUG")]
    public async Task An_exception_of_an_actor_is_logged_once_with_source_and_cause(string level)
    {
        var failing = Start(level).ActorOf(Props.Create(() => new Failing()), "failing");
        var fault = new InvalidOperationException("broken");

        failing.Tell(fault);
        await failing.WatchAsync();

        var line = Assert.Single(await LogAsync(), line => line.Cause is not null);
        Assert.Equal((LogLevel.Error, fault), (line.Level, line.Cause));
        Assert.StartsWith("akka://jochat/user/failing: broken", line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WARNING", 0)]
    [InlineData("INFO", 1)]
    [InlineData("DEBUG", 1)]
    public async Task A_dead_letter_is_logged_once_from_level_INFO_on(string level, int times)
    {
        var system = Start(level);
        var stopped = system.ActorOf(Props.Create(() => new Failing()), "stopped");
        await stopped.GracefulStop(TimeSpan.FromSeconds(60));

        stopped.Tell("nobody reads this");

        var lines = (await LogAsync()).Where(line => line.Text.Contains("dead letter", StringComparison.Ordinal));
        Assert.Equal(times, lines.Count(line =>
            line.Text.StartsWith("akka://jochat/user/stopped: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_logged_twice()
    {
        var system = Start("DEBUG", "actor.debug { lifecycle = on, autoreceive = on, unhandled = on, receive = on }");
        var actor = system.ActorOf(Props.Create(() => new Failing()), "actor");
        actor.Tell("not handled");
        actor.Tell(PoisonPill.Instance);
        await actor.WatchAsync();

        var ofActor = (await LogAsync())
            .Where(line => line.Text.StartsWith("akka://jochat/user/actor: ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(ofActor);
        Assert.Distinct(ofActor);
    }

    [Fact]
    public async Task What_the_next_actor_logs_is_not_missed()
    {
        Start("ERROR").Log.Error("first");

        var line = Assert.Single(await LogAsync());
        Assert.EndsWith("first", line.Text, StringComparison.Ordinal);
    }

    private ActorSystem Start(string level, string more = "")
    {
        var options = new ChatOptions { ActorConfiguration = $"akka {{ loglevel = {level}\n {more}\n }}" };
        return _system = ActorSystemStart.Start(options, TimeProvider.System, _log);
    }

    // Dead letters pass through an actor of Akka's: the fence is logged when that has handled its own.
    private async Task<IReadOnlyList<LogRecorder.Line>> LogAsync()
    {
        var listener = await _system!.ActorSelection("/system/deadLetterListener")
            .ResolveOne(TimeSpan.FromSeconds(60));
        await listener.Ask<ActorIdentity>(new Identify(null));
        _system.Log.Error("fence");
        return await _log.ReadUntilAsync("fence");
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => Receive<Exception>(fault => throw fault);
    }
}
