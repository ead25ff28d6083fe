using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using JoChat.Link;
using Microsoft.Extensions.Logging;

namespace JoChat.Cluster;

/// <summary>The writer's end of a link: has the commands of a gateway's sessions carried out, and tells them what they hear. It
/// lives as long as the link.</summary>
/// <remarks>A command is given back as credit when it is answered, so a slow store makes commands wait at the gateway. A live
/// message for which there is no credit is dropped: its session is told that it is <see cref="Behind"/>, once nothing else
/// waits, and so behind every page that was read before.</remarks>
internal sealed class WriterLink : UntypedActor, IWithTimers
{
    private readonly IActorRef _persistence, _reader;
    private readonly ILogger _logger;
    private readonly ClusterMetrics? _metrics;
    private readonly LinkChannel _channel;
    private readonly Dictionary<long, RemoteSession> _sessions = [];
    private readonly HashSet<RemoteSession> _behind = [];
    private readonly List<RemoteSession> _told = []; // empty between two messages
    private bool _isUsed; // a gateway that greets again before it is answered uses one link of several

    public WriterLink(
        LinkName name, IActorRef gateway, IActorRef persistence, IActorRef reader, LinkOptions options, ILogger logger,
        ClusterMetrics? metrics)
    {
        (_persistence, _reader, _logger, _metrics) = (persistence, reader, logger, metrics);
        _channel = new LinkChannel(
            name, gateway, Context, options, LinkEncoding.Replies, LinkEncoding.Commands, Carry);
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    public static Props Props(
        LinkName name, IActorRef gateway, IActorRef persistence, IActorRef reader, LinkOptions options, ILogger logger,
        ClusterMetrics? metrics) =>
        Akka.Actor.Props.Create(() => new WriterLink(name, gateway, persistence, reader, options, logger, metrics));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<DisassociatedEvent>(Self);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, LinkChannel.TickInterval);
    }

    // Each in its turn, behind its own commands: to unbind many thousands in one step would make everybody wait.
    protected override void PostStop()
    {
        if (_isUsed) { _metrics?.CountLinkToGateway(-1); }
        foreach (var session in _sessions.Values) { _persistence.Tell(SessionGone.Instance, session); }
        _channel.SayFarewell();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RemoteSession.Told told: Tell(told.Session, told.Message); break;
            case Frame frame: Receive(frame); break;
            case Tick: _channel.Tick(); break;
            case Farewell farewell: _channel.Receive(farewell); break;
            case DisassociatedEvent lost: _channel.Receive(lost); break;
            default: Unhandled(message); return;
        }
        TellBehind();
        _channel.SendFrames();
        if (_channel.Break is not { } reason) { return; }
        if (_isUsed) { LinkLog.Broke(_logger, _channel.Name, _channel.Other.Path, reason); }
        Context.Stop(Self);
    }

    private void Receive(Frame frame)
    {
        if (!_isUsed) { _metrics?.CountLinkToGateway(1); }
        _isUsed = true;
        _channel.Receive(frame);
    }

    private void Carry(LinkMessage message, int length)
    {
        if (message.Content is SessionGone)
        {
            _channel.Release(length);
            Forget(message.Session);
            return;
        }
        if (!_sessions.TryGetValue(message.Session, out var session))
        {
            _sessions.Add(message.Session, session = new RemoteSession(Self, message.Session));
        }
        if (message.Content is Command) { session.Unanswered.Enqueue(length); }
        else { _channel.Release(length); }
        (message.Content is FindAccounts ? _reader : _persistence).Tell(message.Content, session);
    }

    private void Forget(long number)
    {
        if (!_sessions.Remove(number, out var session)) { return; }
        _behind.Remove(session);
        _persistence.Tell(SessionGone.Instance, session);
    }

    private void Tell(RemoteSession session, object message)
    {
        if (message is Reply) { _channel.Release(session.Unanswered.Dequeue()); }
        if (message is LiveMessage && !_channel.HasCredit) { _behind.Add(session); }
        else { _channel.Send(new LinkMessage(session.Number, message)); }
    }

    // After each message: so while there is credit, nobody is behind.
    private void TellBehind()
    {
        if (_behind.Count == 0 || !_channel.HasCredit) { return; }
        // To take the first one again and again would look at all that were removed, each time.
        foreach (var session in _behind)
        {
            if (!_channel.HasCredit) { break; }
            _channel.Send(new LinkMessage(session.Number, Behind.Instance));
            _told.Add(session);
        }
        _behind.ExceptWith(_told);
        _told.Clear();
    }
}
