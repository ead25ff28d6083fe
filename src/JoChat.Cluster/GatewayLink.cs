using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using JoChat.Actors;
using JoChat.Link;
using Microsoft.Extensions.Logging;

namespace JoChat.Cluster;

/// <summary>The gateway's end of a link, in the place of the PersistenceActor and the ReaderActor. It gives the sessions that
/// ask it something their numbers and hands on what they hear. When the link breaks it greets the writer again.</summary>
/// <remarks>What was in flight then was done or was not, and the writer unbinds the sessions: they are told that the writer is
/// lost, and when another link stands, that they may bind again. Until then, what is asked is refused.</remarks>
internal sealed class GatewayLink : UntypedActor, IWithTimers
{
    private static readonly TimeSpan GreetPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusesFor = TimeSpan.FromSeconds(15);

    private readonly ICanTell _links;
    private readonly LinkOptions _options;
    private readonly Action<IReadOnlyList<string>> _noteHashKinds;
    private readonly ILogger _logger;
    private readonly ClusterMetrics? _metrics;

    // By reference: an actor has one.
    private readonly Dictionary<IActorRef, long> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<long, IActorRef> _sessions = [];
    private long _lastNumber;

    // Those that were told that the writer is lost and have asked nothing since.
    private readonly HashSet<IActorRef> _lost = new(ReferenceEqualityComparer.Instance);

    private LinkChannel? _channel; // null while there is no link
    private long _epoch; // the highest there was
    private TimeSpan? _refusesUntil; // a lower one; null: there is none

    // Each tick while no writer is found. One that breaks every link, or is refused, is greeted once a second.
    private TimeSpan _greetsFrom;

    public GatewayLink(
        ICanTell links, LinkOptions options, Action<IReadOnlyList<string>> noteHashKinds, ILogger logger,
        ClusterMetrics? metrics) =>
        (_links, _options, _noteHashKinds, _logger, _metrics) = (links, options, noteHashKinds, logger, metrics);

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <summary>How to make it.</summary>
    /// <param name="links">The <see cref="Links"/> of the writer, wherever it is.</param>
    /// <param name="options">The same at both ends.</param>
    /// <param name="noteHashKinds">Is told how the passwords in the store are hashed.</param>
    /// <param name="logger">Where breaks are told.</param>
    /// <param name="metrics">Is told whether the link stands; null if nothing is measured.</param>
    public static Props Props(
        ICanTell links, LinkOptions options, Action<IReadOnlyList<string>> noteHashKinds, ILogger logger,
        ClusterMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new GatewayLink(links, options, noteHashKinds, logger, metrics));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<DisassociatedEvent>(Self);
        Greet();
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, LinkChannel.TickInterval);
    }

    protected override void PostStop() => _channel?.SayFarewell();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Frame frame: _channel?.Receive(frame); break;
            case Tick: LookAtClock(); break;
            case Welcome welcome: Open(welcome); break;
            case Farewell farewell: _channel?.Receive(farewell); break;
            case DisassociatedEvent lost: _channel?.Receive(lost); break;
            // Whether the writer answers, the link knows: it breaks if nothing comes.
            case AskReadiness:
                Sender.Tell(_channel is null ? new Readiness("no writer is found") : Readiness.Ready, Self);
                break;
            case Terminated gone: Forget(gone.ActorRef); break;
            // What a session has ended with, the writer has answered: there is nothing else to wait for.
            case Flush flush: Sender.Tell(new Flushed(flush.Request), Self); break;
            default: Carry(message); break;
        }
        _channel?.SendFrames();
        if (_channel is { Break: { } reason }) { Lose(_channel, reason); }
    }

    private void LookAtClock()
    {
        if (_channel is not null) { _channel.Tick(); }
        else if (Now >= _greetsFrom) { Greet(); }
    }

    private void Greet() => _links.Tell(new Hello(), Self);

    // The answer to an earlier greeting is not needed, and a writer of a lower epoch has been replaced.
    private void Open(Welcome welcome)
    {
        var name = welcome.Name;
        if (_channel is not null || IsReplaced(name.Epoch))
        {
            Sender.Tell(new Farewell(name), Self);
            _greetsFrom = Now + GreetPause;
            return;
        }
        (_epoch, _refusesUntil) = (name.Epoch, null);
        _noteHashKinds(welcome.HashKinds);
        _channel = new LinkChannel(
            name, Sender, Context, _options, LinkEncoding.Commands, LinkEncoding.Replies, HandOn);
        LinkLog.Stands(_logger, name, Sender.Path);
        _metrics?.NoteLinkToWriter(stands: true);
        _metrics?.NoteEpoch(name.Epoch);
        foreach (var session in _lost) { session.Tell(WriterFound.Instance, Self); }
    }

    // One that is found for so long is the writer: the store was put back to what it was before, or another is in its place.
    private bool IsReplaced(long epoch)
    {
        if (epoch >= _epoch) { return false; }
        if (_refusesUntil is null) { LinkLog.Replaced(_logger, epoch, _epoch); }
        _refusesUntil ??= Now + RefusesFor;
        return Now < _refusesUntil;
    }

    private void Lose(LinkChannel broken, string reason)
    {
        LinkLog.Broke(_logger, broken.Name, broken.Other.Path, reason);
        broken.SayFarewell();
        foreach (var session in _numbers.Keys) { session.Tell(WriterLost.Instance, Self); }
        _lost.UnionWith(_numbers.Keys);
        _numbers.Clear();
        _sessions.Clear();
        _channel = null;
        _metrics?.NoteLinkToWriter(stands: false);
        _greetsFrom = Now + GreetPause;
    }

    private void Carry(object message)
    {
        if (_channel is not null) { _channel.Send(new LinkMessage(NumberOf(Sender), message)); }
        else if (message is Command command) { Sender.Tell(new StoreFailed(command.Request), Self); }
    }

    private long NumberOf(IActorRef session)
    {
        if (_numbers.TryGetValue(session, out var number)) { return number; }
        number = ++_lastNumber;
        _lost.Remove(session);
        _numbers.Add(session, number);
        _sessions.Add(number, session);
        Context.Watch(session);
        return number;
    }

    private void Forget(IActorRef session)
    {
        _lost.Remove(session);
        if (!_numbers.Remove(session, out var number)) { return; }
        _sessions.Remove(number);
        _channel!.Send(new LinkMessage(number, SessionGone.Instance));
    }

    private void HandOn(LinkMessage message, int length)
    {
        _channel!.Release(length);
        if (_sessions.TryGetValue(message.Session, out var session)) { session.Tell(message.Content, Self); }
    }
}
