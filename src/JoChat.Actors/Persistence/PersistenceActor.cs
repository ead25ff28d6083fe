using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The one writer to the store, and the one who knows who is online. A message is stored
/// first, acknowledged second, delivered third.</summary>
/// <remarks>
/// <para>A handler says only whether it writes, reads, or must be alone; <see cref="GroupCommit{TSession}"/> does the
/// rest. The first write of a batch has the actor tell itself to commit, which has its turn in the mailbox: what waits
/// before joins the batch. It is as large as the load makes it, and a lone write waits for nobody.</para>
/// <para>Sessions take turns (<see cref="FairMailbox"/>), and no command takes longer than some milliseconds: a long one
/// is done in parts (<see cref="PersistenceReplies.PartDone"/>), with others between them.</para>
/// <para>Reads never write: delivery watermarks that are pending are laid over what is read. What is only told, as
/// typing and presence, does not wait for the disk. Store calls block: akka.conf gives the actor a thread.</para>
/// </remarks>
internal sealed partial class PersistenceActor : ReceiveActor, IWithTimers
{
    private readonly IChatStore _store;
    private readonly IActorRef _reader;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ActorMetrics? _metrics;
    private readonly Changeable<PersistenceOptions> _options;
    private readonly GroupCommit<IActorRef> _commit;
    private readonly SessionRegistry<IActorRef> _sessions = new();
    private readonly DeliveredReceipts<IActorRef> _receipts;
    private readonly AccountCache _accounts;
    private readonly PendingWatermarks _watermarks;
    private readonly Quotas _quotas;
    private readonly FreeSpaceFloor _freeSpace;
    private readonly Retention _retention;

    // The newest message for each account that a side session listens to, of the open batch.
    private readonly Dictionary<AccountId, MessageId> _grown = [];
    private long _lastMessageId;

    public PersistenceActor(
        IChatStore store, IActorRef reader, Changeable<PersistenceOptions> options, TimeProvider time, ILogger logger,
        ActorMetrics? metrics)
    {
        (_store, _reader, _time, _options, _logger, _metrics) = (store, reader, time, options, logger, metrics);
        (_accounts, _watermarks, _receipts) = (new(store), new(store), new(_sessions, IsKeptFrom));
        _quotas = new Quotas(store, _watermarks, options.Of(persistence => persistence.Quotas), time);
        _freeSpace = new FreeSpaceFloor(store, options.Of(persistence => persistence.MinFreeBytes), logger);
        _retention = new Retention(store, options.Of(persistence => persistence.Retention), time, logger);
        _lastMessageId = store.LastMessageId.Value;

        var self = Self;
        _commit = new GroupCommit<IActorRef>(
            store,
            options,
            (to, message) => Tell(to, message, self),
            () => self.Tell(CommitBatch.Instance, self),
            Correct,
            logger,
            metrics);
        _commit.Committed += _watermarks.Committed;
        _commit.Committed += TellListeners;
        _commit.RolledBack += _watermarks.RolledBack;
        _commit.RolledBack += _grown.Clear;
        _commit.RolledBack += _retention.LookAgain;
        _commit.RolledBack += _accounts.Clear; // one that was added in the batch is not there
        _commit.RolledBack += WriteWatermarksLater; // those that are pending again

        ReceiveMessages();
        ReceiveConversations();
        ReceiveBlocks();
        ReceiveAccounts();
        ReceiveSessions();
        ReceiveOperation();
        ReceiveUpkeep();
        Receive<CommitBatch>(_ => _commit.CommitDue());
        HandleExclusive<Flush>(Finish);
        Receive<AskReadiness>(_ => Sender.Tell(Readiness.Ready, Self));
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    public static Props Props(
        IChatStore store, IActorRef reader, Changeable<PersistenceOptions> options, TimeProvider time, ILogger logger,
        ActorMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new PersistenceActor(store, reader, options, time, logger, metrics));

    // A graceful stop commits first (ChatService). What is open here was cut off by a fault, and nobody was told of it.
    protected override void PostStop()
    {
        _commit.Abandon();
        _retention.Tell();
    }

    // Nothing can be promised any more. Without a trace: no code is at fault, and who runs the service says why it ends.
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (StoreLostException)
        {
            Context.Stop(Self);
            return true;
        }
    }

    private static void Tell(IActorRef to, object message, IActorRef self)
    {
        if (message is PartDone part) { self.Tell(part.Next, to); }
        else { to.Tell(message, self); }
    }

    private void HandleWrite<TCommand>(Func<TCommand, Reply> write) where TCommand : Command =>
        Handle<TCommand>(command => _commit.Write(Sender, command, write));

    private void HandleRead<TCommand>(Func<TCommand, Reply> read) where TCommand : Command =>
        Handle<TCommand>(command => _commit.Read(Sender, command, read));

    private void HandleExclusive<TCommand>(Func<TCommand, Reply> work) where TCommand : Command =>
        Handle<TCommand>(command => _commit.Exclusive(Sender, command, work));

    // Needs no store: answered at once.
    private void HandleWithoutStore<TCommand>(Func<TCommand, Reply> answer) where TCommand : Command =>
        Handle<TCommand>(command => Sender.Tell(answer(command), Self));

    private void ForwardToReader() =>
        Handle<PairCommand>(command => _reader.Forward(command with { Watermark = _watermarks.Of(command.Account) }));

    private void Handle<TCommand>(Action<TCommand> handle) where TCommand : Command => Receive<TCommand>(command =>
    {
        if (command is AccountCommand ofAccount && !_sessions.IsBound(ofAccount.Account, Sender))
        {
            Sender.Tell(new Answered(command.Request, Refusals.NotLoggedIn(ofAccount.Operation)), Self);
        }
        else
        {
            handle(command);
        }
    });

    private Flushed Finish(Flush flush)
    {
        WriteWatermarks();
        _store.EnsureInPlace();
        return new Flushed(flush.Request);
    }

    // To the millisecond, as it is stored and as it is told.
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Commit what is open. The actor tells it itself.</summary>
    private sealed record CommitBatch
    {
        public static CommitBatch Instance { get; } = new();
    }
}
