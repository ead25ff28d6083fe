using JoChat.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Actors.Tests;

/// <summary>What goes wrong among actors is counted.</summary>
public sealed class ActorSignalsTests
{
    [Fact]
    public async Task Dead_letters_and_actors_that_fail_are_counted()
    {
        using var metrics = new ActorMetrics();
        using var readings = new MeterReadings(metrics.Meter);
        var system = ActorSystemStart.Start(new ChatOptions(), TimeProvider.System, NullLogger.Instance, metrics: metrics);
        var failing = system.ActorOf(Props.Create(() => new Failing()));
        var stopped = failing.WatchAsync();

        failing.Tell("fail");
        await stopped.OrFail();
        failing.Tell("too late");
        system.Log.Error("no actor has failed"); // without a cause
        await FenceAsync(system);
        await system.Terminate().OrFail();

        Assert.Equal(1, readings.Read("jochat.actor.failures"));
        Assert.Equal(1, readings.Read("jochat.dead_letters"));
    }

    // What was published before has been told to the same actor before.
    private static async Task FenceAsync(ActorSystem system) =>
        await (await system.ActorSelection("/user/signals").ResolveOne(TimeSpan.FromMinutes(1)))
            .Ask<ActorIdentity>(new Identify(1), TimeSpan.FromMinutes(1));

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new InvalidOperationException("on purpose"));
    }
}
