using JoChat.Protocol;

namespace JoChat.Actors;

// What a client is told by itself, as far as it asked for it.
internal sealed partial class SessionActor
{
    private const Features Supported =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence | Features.Side
        | Features.Rotate;

    // Events that the PersistenceActor sends: it must know who wants them.
    private const Features ToldByOthers = Features.Receipts | Features.Typing | Features.Presence;

    private const int LongestClientName = 64; // UTF-16 code units

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private DeliveryStream? _stream; // since push was first asked for in this login
    private CoalescedEvents? _held; // null while no event waits for room
    private Features _features;
    private string? _clientName; // as far as it is kept
    private bool _hasSaidHello;
    private ICancelable? _retry;

    private bool IsSide => _features.HasFlag(Features.Side);

    private bool MayPush => _stream is not null && _features.HasFlag(Features.Push);

    private Welcome Greet(Hello hello)
    {
        _hasSaidHello = true;
        _clientName = ShortName(hello.Client);
        var before = _features;
        _features = hello.Features & Supported;
        if (_login is not null) { _features = (_features & ~Features.Side) | (before & Features.Side); }
        if (IsSide || !_features.HasFlag(Features.Push)) { _features &= ~Features.Ack; }
        var toldByOthers = IsSide ? ToldByOthers | Features.Push : ToldByOthers;
        if (_login is not null && ((before ^ _features) & toldByOthers) != Features.None)
        {
            services.Persistence.Tell(new ChangeFeatures(_login.Id, _features), Self);
        }
        if (!_features.HasFlag(Features.Presence)) { StopWatching(); }
        StartPush();
        return new Welcome(services.Options.ServerName, _features,
            services.Options.MaxFrameBytes, services.Options.WindowMessages, services.Options.WindowBytes);
    }

    private static string? ShortName(string? name) => name is null or "" ? null
        : name.Length <= LongestClientName ? name
        : name[..(char.IsHighSurrogate(name[LongestClientName - 1]) ? LongestClientName - 1 : LongestClientName)];

    private void StartPush()
    {
        if (_login is null || IsSide || !_features.HasFlag(Features.Push)) { return; }
        _stream ??= new DeliveryStream(connection, _login, services.Options);
        _stream.Start(needsAcks: _features.HasFlag(Features.Ack));
    }

    private void StopPush() => (_stream, _held) = (null, null);

    private void Push(LiveMessage live)
    {
        if (MayPush) { _stream!.Push(live); } // else this client polls
    }

    private void Push(UndeliveredRead page)
    {
        if (MayPush) { _stream!.Push(page); }
        else { _stream?.FailRead(); } // the client has turned push off meanwhile
    }

    private void ReadOn()
    {
        if (MayPush && _stream!.NextRead() is { } read) { services.Persistence.Tell(read, Self); }
    }

    // Until then the stream believes that its read is outstanding, and asks for no other.
    private void ReadLater() =>
        _retry ??= Context.System.Scheduler.ScheduleTellOnceCancelable(RetryAfter, Self, RetryRead.Instance, Self);

    private void RetryReading()
    {
        _retry = null;
        _stream?.FailRead();
    }

    private void Take(ClientRequest request, Acknowledge acks)
    {
        connection.Settle(request);
        Confirm(_stream?.Acknowledge(acks));
    }

    private void Confirm(ConfirmDelivery? delivery)
    {
        // While it is detached the stream remembers it, for the next writer.
        if (delivery is not null && _phase is not Phase.Detached) { services.Persistence.Tell(delivery, Self); }
    }

    // The socket took what was sent: that may be delivered, and there may be room for more.
    private void Continue(OutputWritten written)
    {
        Confirm(_stream?.Written(written.LastEvent));
        if (_held is null || !connection.HasRoom) { return; }
        foreach (var news in _held.All) { Send(news); }
        _held = null;
    }

    private void Notify(ServerEvent news)
    {
        if (_login is null || !IsWanted(news)) { return; } // the client has turned it off meanwhile
        if (connection.HasRoom && _held is null) { Send(news); }
        else { (_held ??= new CoalescedEvents()).Hold(news); }
    }

    private bool IsWanted(ServerEvent news) => _features.HasFlag(news switch
    {
        ReceiptArrived => Features.Receipts,
        TypingArrived => Features.Typing,
        InboxGrew => Features.Push,
        _ => Features.Presence,
    });

    private void Send(ServerEvent news)
    {
        if (_stream is null) { connection.Send(news); }
        else { _stream.Send(news); }
    }

    private sealed record RetryRead : INotInfluenceReceiveTimeout
    {
        public static RetryRead Instance { get; } = new();
    }
}
