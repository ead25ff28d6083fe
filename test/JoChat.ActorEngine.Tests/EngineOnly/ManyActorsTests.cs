using System.Runtime.CompilerServices;

namespace JoChat.ActorEngine.Tests;

/// <summary>What actors that have stopped leave behind: nothing. The benchmarks' endurance run does it with a
/// million.</summary>
public sealed class ManyActorsTests : IDisposable
{
    private readonly Simulation _simulation = new(seed: 1);
    private readonly List<WeakReference> _references = [];
    private int _handled;
    private int _stopped;
    private int _terminated;
    private int _children = -1;

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Actors_that_were_told_once_and_stopped_are_no_longer_their_parents_children()
    {
        const int Count = 20_000;
        var parent = Parent(LambdaActor.Of(self =>
        {
            self.On<string>(_ => _handled++);
            self.OnStop = () => _stopped++;
        }));

        parent.Tell(Count);
        _simulation.Run();
        parent.Tell("stop them");
        _simulation.Run();
        parent.Tell('?');
        _simulation.Run();

        Assert.Equal((Count, Count, Count, 0), (_handled, _stopped, _terminated, _children));
    }

    [Fact]
    public void Actor_that_failed_was_watched_and_subscribed_is_not_kept_when_it_has_stopped()
    {
        const int Count = 500;
        var parent = Parent(LambdaActor.Of(self =>
        {
            self.Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(1));
            self.Ctx.SetReceiveTimeout(TimeSpan.FromSeconds(1));
            self.Ctx.System.EventStream.Subscribe(self.Me, typeof(double));
            self.On<string>(_ => throw new InvalidOperationException("boom"));
        }));

        parent.Tell(Count);
        _simulation.Run();
        parent.Tell("stop them");
        _simulation.Run();

        Assert.Equal((Count, 0), (_terminated, AliveAfterCollection()));
        GC.KeepAlive(parent);
    }

    // Makes, watches and tells as many as it is told to.
    private IActorRef Parent(Props child) => _simulation.Sys.ActorOf(LambdaActor.Of(self =>
    {
        self.On<int>(count =>
        {
            for (var i = 0; i < count; i++) { Begin(self.Ctx, child); }
        });
        self.On<string>(_ =>
        {
            foreach (var one in self.Ctx.GetChildren()) { self.Ctx.Stop(one); }
        });
        self.On<char>(_ => _children = self.Ctx.GetChildren().Count());
        self.On<Terminated>(_ => _terminated++);
    }));

    private void Begin(IActorContext context, Props props)
    {
        var child = context.Watch(context.ActorOf(props));
        child.Tell("x");
        _references.Add(new WeakReference(child));
    }

    // A method of its own, so that no local variable keeps one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AliveAfterCollection()
    {
        GC.Collect();
        return _references.Count(reference => reference.IsAlive);
    }
}
