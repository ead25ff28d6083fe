using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Messages arriving by themselves, for a client that asked for it. The outbox is a cursor, not a buffer: a session that
// is behind drops the live messages told to it and reads them from the store when the socket and the window take them.
internal sealed partial class SessionActor
{
    private const int PageMessages = 256;
    private const int PageBytes = 64 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly DeliveryWindow _window;
    private MessageId _pushedThrough; // every message up to it was sent to the connection, or is not for pushing
    private bool _isBehind;
    private bool _isReading;
    private bool _hasToldQueueEmpty; // of this login

    // A write to the socket is told by its newest event. If that is no message, this is how far the messages were.
    private (ServerEvent? Event, MessageId PushedThrough) _lastOther;

    private bool MayPush => _login is not null && _features.HasFlag(Features.Push);

    private bool NeedsAcks => _features.HasFlag(Features.Ack);

    private void ReceiveDelivery()
    {
        Receive<LiveMessage>(PushLive);
        Receive<BacklogRead>(PushPage);
        Receive<StoreFailed>(RetryLater);
        Receive<RetryPush>(_ => ReadOn());
    }

    private void StartPush()
    {
        if (!MayPush) { return; }
        _isBehind = true;
        ReadOn();
    }

    private void StopPush()
    {
        (_isBehind, _isReading, _hasToldQueueEmpty) = (false, false, false);
        ForgetPushed();
        _held.Clear();
    }

    // What was pushed and not received is pushed again, if anything is.
    private void ForgetPushed()
    {
        (_pushedThrough, _lastOther) = (default, default);
        _window.Clear();
    }

    private void PushLive(LiveMessage live)
    {
        if (!MayPush) { return; } // this client polls
        if (_isBehind || !_connection.HasRoom || !TryPush(live.Event, live.Sender))
        {
            _isBehind = true;
            ReadOn();
        }
    }

    private void PushPage(BacklogRead page)
    {
        _isReading = false;
        if (!MayPush) { return; } // it has said so since
        if (page.After == _pushedThrough) { PushAll(page); } // else asked for before the client chose to begin again
        ReadOn();
    }

    private void PushAll(BacklogRead page)
    {
        foreach (var message in page.Messages)
        {
            var isAway = message.Id.Value <= _login!.LiveAfter.Value;
            if (!isAway) { TellQueueEmpty(); }
            var arrived = new MessageArrived(message.Id.Value, message.Sender, _login.Username, message.Content,
                message.SentAt, isAway);
            if (!TryPush(arrived, message.SenderId)) { return; }
        }
        if (page.IsLast) { TellQueueEmpty(); }
        _isBehind = !page.IsLast;
    }

    // False if the window is full.
    private bool TryPush(MessageArrived message, AccountId sender)
    {
        var bytes = NeedsAcks ? Encoding.UTF8.GetByteCount(message.Content) : 0;
        if (NeedsAcks && !_window.TryFit(bytes)) { return false; }
        _pushedThrough = new MessageId(message.Id);
        _window.Add(_pushedThrough, sender, bytes);
        _connection.Send(message);
        return true;
    }

    private void TellQueueEmpty()
    {
        if (_hasToldQueueEmpty) { return; }
        _hasToldQueueEmpty = true;
        SendEvent(new QueueEmptied());
    }

    private void ReadOn()
    {
        if (!MayPush || !_isBehind || _isReading || !_connection.HasRoom) { return; }
        var (messages, bytes) = (PageMessages, PageBytes);
        if (NeedsAcks)
        {
            if (_window.IsFull) { return; }
            messages = Math.Min(messages, _window.FreeMessages);
            bytes = Math.Min(bytes, _window.FreeBytes);
        }
        _isReading = true;
        _persistence.Tell(new ReadBacklog(_login!.Id, _pushedThrough, messages, bytes));
    }

    private bool RetryLater(StoreFailed failed)
    {
        if (failed.Command is not ReadBacklog) { return false; } // it is the answer to a request
        _isReading = false;
        Timers.StartSingleTimer(RetryPush.Instance, RetryPush.Instance, RetryAfter);
        return true;
    }

    private void Take(Acknowledge acknowledge)
    {
        _connection.Settle();
        if (!NeedsAcks || _login is null) { return; }
        foreach (var id in acknowledge.Ids) { _window.Acknowledge(id); }
        Mark(_window.TakeAcknowledged());
        ReadOn();
    }

    // Without acknowledgements, written is received. The window need not know the message: it may be of an earlier
    // login.
    private void TakeWritten(ServerEvent? newest)
    {
        if (NeedsAcks || _login is null || WrittenThrough(newest) is not { } through) { return; }
        var received = _window.TakeThrough(through.Value);
        Mark(received.Newest.Id == through ? received : new Received(new ReceivedMessage(through, default), []));
    }

    // An event written before a logout may be told after it, so the account is compared.
    private MessageId? WrittenThrough(ServerEvent? newest) => newest switch
    {
        MessageArrived message when message.Recipient == _login!.Username => new MessageId(message.Id),
        not null when ReferenceEquals(newest, _lastOther.Event) && _lastOther.PushedThrough != default =>
            _lastOther.PushedThrough,
        _ => null,
    };

    private void Mark(Received received)
    {
        if (received.IsNone) { return; }
        var (newest, earlier) = received;
        _persistence.Tell(new MarkReceived(_login!.Id, _login.Username, newest.Id, newest.Sender, earlier));
    }

    private sealed record RetryPush : INotInfluenceReceiveTimeout
    {
        public static RetryPush Instance { get; } = new();
    }
}
