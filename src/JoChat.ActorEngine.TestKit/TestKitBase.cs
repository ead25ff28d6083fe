#nullable disable annotations
namespace JoChat.ActorEngine.TestKit;

/// <summary>A test actor and the ways to look at what it was told. For one test, on one thread at a time.</summary>
/// <remarks>An Expect takes exactly one message and fails at once if it is not the expected one; it does not
/// search.</remarks>
public abstract partial class TestKitBase
{
    private static int _testActors;

    private readonly ReceivedMessages _received = new();
    private readonly TestKitSettings _settings;

    // The end of the innermost Within, on the clock of the system; null outside of one.
    private long? _end;

    private protected TestKitBase(ActorSystem system, string name)
    {
        Sys = system;
        Local = (LocalActorSystem)system;
        _settings = new TestKitSettings(system.Settings.Config);
        var unique = name ?? $"testActor{Interlocked.Increment(ref _testActors)}";
        TestActor = Local.SystemActorOf(
            Props.Create(() => new InternalTestActor(_received)), unique, new CallingThreadDispatcher());
    }

    /// <summary>The system under test.</summary>
    public ActorSystem Sys { get; }

    /// <summary>Queues what it is told for the test; in a test class it is the sender of what the test tells.</summary>
    public IActorRef TestActor { get; }

    /// <summary>Who sent the message looked at last; the system's dead letters before the first.</summary>
    public IActorRef LastSender => _last?.Sender ?? Sys.DeadLetters;

    /// <summary>The message looked at last; null before the first.</summary>
    public object LastMessage => _last?.Message;

    /// <summary>Whether a message is queued.</summary>
    public bool HasMessages => !_received.IsEmpty;

    /// <summary>What is left of the innermost Within.</summary>
    /// <exception cref="InvalidOperationException">Not inside a Within.</exception>
    public TimeSpan Remaining => RemainingOrNull
        ?? throw new InvalidOperationException("Remaining may not be called outside of Within.");

    /// <summary>What is left of the innermost Within; outside of one the default time of
    /// <c>akka.test.single-expect-default</c>, 3 s.</summary>
    public TimeSpan RemainingOrDefault => RemainingOrNull ?? Dilated(_settings.SingleExpectDefault);

    private protected LocalActorSystem Local { get; }

    private TimeSpan? RemainingOrNull
    {
        get
        {
            if (_end is not { } end) { return null; }
            var left = Local.Time.GetElapsedTime(Local.Time.GetTimestamp(), end);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private Envelope? _last;

    /// <summary>The time multiplied by <c>akka.test.timefactor</c>, for slow machines.</summary>
    /// <param name="duration">The time on a fast machine.</param>
    public TimeSpan Dilated(TimeSpan duration) => duration * _settings.TimeFactor;

    /// <summary>Makes an actor at the top.</summary>
    /// <param name="props">How to make it.</param>
    /// <param name="name">Unique; null lets the engine choose.</param>
    public IActorRef ActorOf(Props props, string name = null) => Sys.ActorOf(props, name);

    /// <summary>Makes an actor at the top by its parameterless constructor.</summary>
    /// <typeparam name="TActor">The actor's class.</typeparam>
    /// <param name="name">Unique; null lets the engine choose.</param>
    public IActorRef ActorOf<TActor>(string name = null) where TActor : ActorBase, new() => Sys.ActorOf<TActor>(name);

    /// <summary>Makes another test actor, with a queue of its own.</summary>
    /// <param name="name">Unique in the system; null lets the kit choose.</param>
    public virtual TestProbe CreateTestProbe(string name = null) => new(Sys, name);

    /// <summary>Has the test actor watch; returns when the watch is in place.</summary>
    /// <param name="actorToWatch">Who is watched.</param>
    /// <returns>The same.</returns>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        // The test actor runs on this thread, or just now on another one that is about to be done.
        SetWatch(actorToWatch, isOn: true).GetAwaiter().GetResult();
        return actorToWatch;
    }

    /// <summary>Has the test actor watch; completes when the watch is in place.</summary>
    /// <param name="actorToWatch">Who is watched.</param>
    /// <returns>The same.</returns>
    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await SetWatch(actorToWatch, isOn: true);
        return actorToWatch;
    }

    /// <summary>Ends a watch; returns when it is over.</summary>
    /// <param name="actorToUnwatch">Who was watched.</param>
    /// <returns>The same.</returns>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        SetWatch(actorToUnwatch, isOn: false).GetAwaiter().GetResult(); // as in Watch
        return actorToUnwatch;
    }

    /// <summary>Ends a watch; completes when it is over.</summary>
    /// <param name="actorToUnwatch">Who was watched.</param>
    /// <returns>The same.</returns>
    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        await SetWatch(actorToUnwatch, isOn: false);
        return actorToUnwatch;
    }

    /// <summary>Keeps messages from being queued.</summary>
    /// <param name="shouldIgnoreMessage">Whether a message is dropped.</param>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new SetIgnore(shouldIgnoreMessage), ActorRefs.NoSender);

    /// <summary>Lets all messages through again.</summary>
    public void IgnoreNoMessages() => TestActor.Tell(new SetIgnore(null), ActorRefs.NoSender);

    /// <summary>Has messages answered as they come; they are queued nevertheless.</summary>
    /// <param name="pilot">Answers from now on.</param>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new SetAutoPilot(pilot), ActorRefs.NoSender);

    /// <summary>Terminates the system and waits for it.</summary>
    /// <param name="duration">How long to wait; null for 5 s.</param>
    /// <param name="verifySystemShutdown">Whether to throw when that was not enough.</param>
    /// <exception cref="TimeoutException">The system has not terminated in time.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var patience = Dilated(duration ?? TimeSpan.FromSeconds(5));
        // Waits without awaiting, because it is called by Dispose.
        var isDown = Sys.Terminate().Wait(patience);
        if (!isDown && verifySystemShutdown)
        {
            throw new TimeoutException($"{Sys.Name} has not terminated within {patience}.");
        }
    }

    private Task SetWatch(IActorRef subject, bool isOn)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestActor.Tell(new SetWatch(subject, isOn, done), ActorRefs.NoSender);
        return done.Task;
    }
}
