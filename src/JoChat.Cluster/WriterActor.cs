using Akka.Actor;
using JoChat.Actors;
using JoChat.Link;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Cluster;

/// <summary>The cluster's one writer: opens the store, and has the actors that own it, and the links of the gateways, as
/// children. When it is to run on another node, it commits what is open and closes the store.</summary>
/// <remarks>For some seconds there may be two of them. It does not matter: who opens the store raises its epoch, and a commit
/// of a lower one is refused, which ends the node of the other.</remarks>
internal sealed class WriterActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CommitsWithin = TimeSpan.FromSeconds(3);

    private readonly Func<IChatStore> _openStore;
    private readonly Changeable<PersistenceOptions> _options;
    private readonly LinkOptions _linkOptions;
    private readonly TimeProvider _time;
    private readonly ILogger _actorLogger, _logger;
    private readonly Action<string> _lose;
    private readonly NodeMetrics? _metrics;
    private readonly TimeSpan _beganAt = Context.System.Scheduler.MonotonicClock;
    private IChatStore? _store; // null until it is open
    private IActorRef? _persistence, _links;
    private string? _told; // why it cannot open the store
    private bool _isHandingOver;

    public WriterActor(
        Func<IChatStore> openStore, Changeable<PersistenceOptions> options, LinkOptions linkOptions, TimeProvider time,
        ILoggerFactory loggers, Action<string> lose, NodeMetrics? metrics)
    {
        (_openStore, _options, _linkOptions, _time, _lose, _metrics) =
            (openStore, options, linkOptions, time, lose, metrics);
        (_actorLogger, _logger) = (loggers.CreateLogger("JoChat.Actors"), loggers.CreateLogger("JoChat.Cluster"));
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    /// <summary>How to make it.</summary>
    /// <param name="openStore">Opens the store, whoever has it.</param>
    /// <param name="options">How writes are batched.</param>
    /// <param name="linkOptions">The same at both ends.</param>
    /// <param name="time">The clock that dates messages.</param>
    /// <param name="loggers">Where faults are told.</param>
    /// <param name="lose">Is told why it cannot write any longer.</param>
    /// <param name="metrics">Measures it; null if nothing is measured.</param>
    public static Props Props(
        Func<IChatStore> openStore, Changeable<PersistenceOptions> options, LinkOptions linkOptions, TimeProvider time,
        ILoggerFactory loggers, Action<string> lose, NodeMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new WriterActor(openStore, options, linkOptions, time, loggers, lose, metrics));

    protected override void PreStart() => Open();

    // The children have stopped by now.
    protected override void PostStop()
    {
        _metrics?.Cluster.NoteWriter(isHere: false);
        _store?.Dispose();
    }

    // Restarting would forget who is online.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OperatorCommand command: AskWriter(command); break;
            case Hello hello: _links?.Forward(hello); break; // greeted again until there are some
            case Opened opened: Begin(opened); break;
            case Status.Failure { Cause: StorageException fault } when StillOpens: Retry(fault); break;
            case Status.Failure { Cause: var fault } when _store is null: Lose(fault.Message); break;
            case OpenAgain: Open(); break;
            case Terminated stopped: Lose(WhyLost(stopped.ActorRef)); break;
            case HandOver: Commit(); break;
            case Flushed or Status.Failure: Context.Stop(Self); break; // what is open is refused, and sent again
        }
    }

    private bool StillOpens => Context.System.Scheduler.MonotonicClock - _beganAt < OpensWithin;

    // It may take seconds: this actor's thread is the system's.
    private void Open() => Task.Run(() =>
    {
        var store = _openStore();
        try
        {
            return new Opened(store, store.OpenReader(), store.RaiseEpoch(), store.FindHashKinds());
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }).PipeTo(Self);

    private void Retry(StorageException fault)
    {
        if (_isHandingOver)
        {
            Context.Stop(Self);
            return;
        }
        if (_told != fault.Message) { WriterLog.CannotOpen(_logger, _told = fault.Message); }
        Timers.StartSingleTimer(OpenAgain.Instance, OpenAgain.Instance, Pause);
    }

    private void Begin(Opened opened)
    {
        _store = opened.Store;
        if (_isHandingOver)
        {
            opened.Reader.Dispose();
            Context.Stop(Self);
            return;
        }
        (_persistence, var reader) =
            LocalWriter.Start(
                Context, opened.Store, opened.Reader, _options, _time, _actorLogger, _metrics?.Actors);
        _links = Context.ActorOf(
            Links.Props(
                _persistence, reader, opened.Epoch, opened.HashKinds, _linkOptions, _logger, _metrics?.Cluster),
            "links");
        foreach (var child in Context.GetChildren()) { Context.Watch(child); }
        _metrics?.Cluster.NoteWriter(isHere: true);
        _metrics?.Cluster.NoteEpoch(opened.Epoch);
        WriterLog.Writes(_logger, opened.Store.Name, opened.Epoch);
    }

    private void AskWriter(OperatorCommand command)
    {
        if (_persistence is null) { Sender.Tell(new StoreFailed(command.Request)); }
        else { _persistence.Forward(command); }
    }

    private void Commit()
    {
        _isHandingOver = true;
        if (_persistence is not null) { _persistence.Ask<Flushed>(new Flush(), CommitsWithin).PipeTo(Self); }
        else if (Timers.IsTimerActive(OpenAgain.Instance)) { Context.Stop(Self); }
    }

    private void Lose(string reason)
    {
        _lose(reason);
        Context.Stop(Self);
    }

    // The store knows it, if it was that. It is the PersistenceActor's as long as that runs.
    private string WhyLost(IActorRef stopped)
    {
        try
        {
            if (stopped.Equals(_persistence)) { _store!.EnsureInPlace(); }
            return "the writer failed; see the log above";
        }
        catch (StoreLostException lost)
        {
            return lost.Message;
        }
    }

    /// <summary>Told by the singleton's manager: another node is to write.</summary>
    internal sealed record HandOver
    {
        public static HandOver Instance { get; } = new();
    }

    private sealed record Opened(IChatStore Store, IChatReader Reader, long Epoch, IReadOnlyList<string> HashKinds);

    private sealed record OpenAgain
    {
        public static OpenAgain Instance { get; } = new();
    }
}
