namespace JoChat.ActorEngine.Tests;

/// <summary>Base of tests in which time passes when the test says so.</summary>
public abstract class TimedSpec : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<object> _told = new();

    protected TimedSpec() => Sys = new LocalActorSystem("timed", "akka.stdout-loglevel = OFF", _time, dispatcher: null);

    protected ActorSystem Sys { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Sys.Terminate();

    protected IActorRef Act(Action<LambdaActor> configure) => Sys.ActorOf(LambdaActor.Of(configure));

    /// <summary>Notes something, from within an actor.</summary>
    protected void Note(object what) => _told.Enqueue(what);

    /// <summary>What was noted since the last look. The actor answers first, so it has handled what was told
    /// before.</summary>
    protected async Task<object[]> NotedBy(IActorRef actor)
    {
        await actor.Ask(Fence.Instance);
        var noted = _told.ToArray();
        _told.Clear();
        return noted;
    }

    protected void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    protected static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Answers <see cref="NotedBy"/>; it does not count as activity.</summary>
    protected static void AnswerFences(LambdaActor self) => self.On<Fence>(fence => self.From.Tell(fence));

    protected sealed class Fence : INotInfluenceReceiveTimeout
    {
        public static readonly Fence Instance = new();
    }
}
