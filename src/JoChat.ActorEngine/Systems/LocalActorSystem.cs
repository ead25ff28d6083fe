using System.Text.RegularExpressions;

namespace JoChat.ActorEngine;

internal sealed partial class LocalActorSystem : ActorSystem
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<Action> _onTermination = [];
    private readonly RootActorPath _rootPath;
    private readonly LocalActorRef _user;
    private readonly LocalActorRef _system;
    private long _lastUid;
    private long _lastTemporary;
    private bool _isTerminating;
    private bool _isTerminated;

    /// <param name="name">The system's name.</param>
    /// <param name="config">Dispatchers, time-outs, log levels.</param>
    /// <param name="time">Everything timed in the system runs by it.</param>
    /// <param name="dispatcher">Runs all actors, whatever they ask for; null for what is configured.</param>
    public LocalActorSystem(string name, Config config, TimeProvider time, MessageDispatcher? dispatcher)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException(
                $"Invalid actor system name \"{name}\": letters, digits and hyphens are wanted, no hyphen first.",
                nameof(name));
        }

        Name = name;
        Time = time;
        Settings = new Settings(config);
        Dispatchers = new Dispatchers(config, dispatcher);
        MailboxTypes = new MailboxTypes(config);
        _rootPath = new RootActorPath(new Address("akka", name));
        DeadLetterBox = new DeadLetterRef(this, _rootPath / "deadLetters");
        Log = new EventStreamLogger(this, $"ActorSystem({name})", typeof(ActorSystem));
        Clock = new TimeProviderScheduler(time, failure => Log.Error(failure, "Error in a scheduled action"));
        StartTime = TimeSpan.FromTicks(time.GetUtcNow().UtcTicks);
        EventStream.OnLog = new StandardErrorLogger(Settings.StdoutLogLevel).Write;

        var root = new RootRef(this, _rootPath);
        _system = MakeGuardian(root, "system");
        _user = MakeGuardian(root, "user");
        var unsubscriber = SystemActorOf(Props.Create(() => new Unsubscriber(EventStream)), "eventStreamUnsubscriber");
        EventStream.OnSubscribed = subscriber => unsubscriber.Tell(subscriber, null);
    }

    public override string Name { get; }

    public override EventStream EventStream { get; } = new();

    public override IActorRef DeadLetters => DeadLetterBox;

    public override IScheduler Scheduler => Clock;

    public override ILoggingAdapter Log { get; }

    public override Settings Settings { get; }

    public override Task WhenTerminated => _terminated.Task;

    public override TimeSpan StartTime { get; }

    public override TimeSpan Uptime => TimeSpan.FromTicks(Time.GetUtcNow().UtcTicks) - StartTime;

    public TimeProvider Time { get; }

    public TimeProviderScheduler Clock { get; }

    public Dispatchers Dispatchers { get; }

    public MailboxTypes MailboxTypes { get; }

    public DeadLetterRef DeadLetterBox { get; }

    public override IActorRef ActorOf(Props props, string? name = null) => _user.Cell.ActorOf(props, name);

    /// <summary>Makes an actor that outlives all that users make.</summary>
    public IActorRef SystemActorOf(Props props, string name) => _system.Cell.ActorOf(props, name);

    /// <summary>As <see cref="SystemActorOf(Props, string)"/>, on a dispatcher that no configuration knows.</summary>
    public LocalActorRef SystemActorOf(Props props, string name, MessageDispatcher dispatcher) =>
        _system.Cell.MakeChild(props, name, dispatcher);

    public long NextUid() => Interlocked.Increment(ref _lastUid);

    /// <summary>The path of a reference that stands for one answer.</summary>
    public ActorPath NextTemporaryPath() => new ChildActorPath(
        _rootPath / "temp", ActorNames.Generate(Interlocked.Increment(ref _lastTemporary)), NextUid());

    public override void Stop(IActorRef actor)
    {
        var reference = InternalActorRef.Of(actor);
        var parent = reference.Parent;
        if (parent == _user || parent == _system) { parent.Tell(new StopChild(reference), null); }
        else { reference.Stop(); }
    }

    public override Task Terminate()
    {
        lock (_lock)
        {
            if (_isTerminating) { return WhenTerminated; }
            _isTerminating = true;
        }

        _user.Stop();
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (_lock)
        {
            if (_isTerminated) { throw new InvalidOperationException("The actor system has terminated."); }
            _onTermination.Enqueue(code);
        }
    }

    /// <summary>A guardian has stopped: the users' first, then the system's own.</summary>
    public void GuardianTerminated(InternalActorRef guardian)
    {
        if (guardian == _user) { _system.Stop(); }
        else { ThreadPool.UnsafeQueueUserWorkItem(static system => system.Finish(), this, preferLocal: false); }
    }

    /// <summary>A guardian escalated a failure: there is no one left to handle it.</summary>
    public void GuardianFailed(Exception cause)
    {
        Log.Error(cause, "A guardian failed; the actor system terminates");
        _ = Terminate();
    }

#pragma warning disable CA1031 // one callback that fails must not keep the others, or the system, from ending
    private void Finish()
    {
        Clock.Stop();
        while (NextOnTermination() is { } action)
        {
            try
            {
                action();
            }
            catch (Exception failure)
            {
                Log.Error(failure, "Error in a termination callback");
            }
        }

        _terminated.SetResult();
    }
#pragma warning restore CA1031

    // A callback may register another one; once there is none left, none is taken any more.
    private Action? NextOnTermination()
    {
        lock (_lock)
        {
            _isTerminated = !_onTermination.TryDequeue(out var action);
            return action;
        }
    }

    private LocalActorRef MakeGuardian(RootRef root, string name)
    {
        var guardian = new LocalActorRef(new ChildActorPath(_rootPath, name, NextUid()), root);
        var cell = new ActorCell(this, guardian, Props.Create<Guardian>(), Dispatchers.Default);
        cell.Mailbox.Schedule();
        return guardian;
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    private static partial Regex ValidName();
}
