using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine.Tests;

/// <summary>What stays of a failure once the supervisor has let the actor go on.</summary>
public sealed class ForgivenFailureTests
{
    [Fact]
    public void Idle_actors_keep_neither_the_message_nor_the_exception()
    {
        using var simulation = new Simulation(seed: 1);
        var parent = simulation.Sys.ActorOf(LambdaActor.Of(self =>
        {
            self.Strategy = new OneForOneStrategy(_ => Directive.Resume);
            var child = self.Ctx.ActorOf(LambdaActor.Of(kid => kid.On<Fatal>(fatal => throw fatal.Failure)));
            self.On<Fatal>(child.Tell);
        }));

        var (message, failure) = Fail(simulation, parent);
        GC.Collect();

        Assert.False(message.IsAlive);
        Assert.False(failure.IsAlive);
        GC.KeepAlive(parent);
    }

    // Apart, so that no local keeps them alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Message, WeakReference Failure) Fail(Simulation simulation, IActorRef parent)
    {
        var fatal = new Fatal(new InvalidOperationException("boom"));
        parent.Tell(fatal);
        simulation.Run();
        return (new WeakReference(fatal), new WeakReference(fatal.Failure));
    }

    private sealed record Fatal(Exception Failure);
}
