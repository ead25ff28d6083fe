using JoChat.Actors;
using JoChat.Link;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Cluster.Tests;

/// <summary>The writer of a chat in an actor system: a real store, and <see cref="Cluster.Links"/> to be greeted.</summary>
internal sealed class WriterSide
{
    public const long Epoch = 3;

    private readonly ActorSystem _system;
    private readonly IActorRef _reader;

    public WriterSide(
        ActorSystem system, IChatStore store, LinkOptions options, TimeProvider time, long epoch = Epoch)
    {
        _system = system;
        var reader = system.ActorOf(
            ReaderActor.Props(store.OpenReader(), NullLogger.Instance).WithDispatcher("jochat.reader-dispatcher"));
        Persistence = system.ActorOf(PersistenceActor.Props(
                store, reader, new PersistenceOptions { HoldDeletedNames = TimeSpan.Zero }, time, NullLogger.Instance)
            .WithDispatcher(ChatOptions.PersistenceDispatcher));
        Gate = system.ActorOf(Props.Create(() => new Gate(Persistence)));
        _reader = reader;
        Links = system.ActorOf(
            Cluster.Links.Props(Gate, reader, epoch, [], options, NullLogger.Instance), $"links{epoch}");
    }

    public IActorRef Persistence { get; }

    /// <summary>What stands before the PersistenceActor: tell it to be shut or open.</summary>
    public IActorRef Gate { get; }

    public IActorRef Links { get; }

    /// <summary>It ends as a process does that is killed: what it has not committed is undone.</summary>
    public void Kill()
    {
        foreach (var actor in (IActorRef[])[Links, Gate, Persistence, _reader]) { _system.Stop(actor); }
    }

    public static SqliteChatStore OpenStore(string file) => SqliteChatStore.Open(file, skeletonOf: Skeleton.Of);
}

/// <summary>Lets commands through, or keeps them while it is shut.</summary>
internal sealed class Gate : UntypedActor
{
    private readonly IActorRef _behind;
    private readonly List<(object Message, IActorRef Sender)> _kept = [];
    private bool _isShut;

    public Gate(IActorRef behind) => _behind = behind;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Shut: _isShut = true; break;
            case Open open:
                open.Note(_kept.ConvertAll(kept => kept.Message));
                foreach (var (kept, sender) in _kept) { _behind.Tell(kept, sender); }
                _isShut = false;
                _kept.Clear();
                break;
            case var _ when _isShut: _kept.Add((message, Sender)); break;
            default: _behind.Tell(message, Sender); break;
        }
    }

    internal sealed record Shut;

    /// <summary>Note is called with what was kept.</summary>
    internal sealed record Open(Action<IReadOnlyList<object>> Note);
}
