using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Messages arriving by themselves, from a login on. A cursor, not a buffer: a stream that is behind drops the
/// live messages told to it and reads them from the store when the socket and the window take them.</summary>
/// <param name="connection">Where they go.</param>
/// <param name="login">Whose they are.</param>
/// <param name="options">How large the window is.</param>
internal sealed class DeliveryStream(IClientConnection connection, SessionLogin login, SessionOptions options)
{
    private const int PageMessages = 256;
    private const int PageBytes = 64 * 1024;

    private readonly DeliveryWindow _window = new(options.WindowMessages, options.WindowBytes);
    private MessageId _cursor; // every message up to it was sent to the connection, or is not for pushing
    private bool _needsAcks;
    private bool _isBehind;
    private bool _isReading;
    private bool _hasToldQueueEmpty;
    private bool _hasLostWriter;

    // OutputWritten names the newest event only. For one that is no message, this is where the cursor was then.
    private (ServerEvent? Event, MessageId Cursor) _lastOther;
    private MessageId _writtenThrough; // what was confirmed as written

    /// <summary>Everything up to there is delivered, as far as this stream knows; null if it knows nothing.</summary>
    public MessageId? DeliveredThrough => _cursor == default ? null
        : _window.Oldest is { } oldest ? new MessageId(oldest.Value - 1)
        : _cursor;

    /// <summary>Begins, or goes on under another rule: then what is undelivered is pushed again.</summary>
    /// <param name="needsAcks">Whether a message is delivered when it is acknowledged; else when it is
    /// written.</param>
    public void Start(bool needsAcks)
    {
        if (needsAcks != _needsAcks)
        {
            // A writer that was not there at the login reads what is above the cursor, delivered by another session or not.
            var begin = _hasLostWriter ? DeliveredThrough ?? default : default;
            (_cursor, _lastOther, _needsAcks) = (begin, default, needsAcks);
            _window.Clear();
        }
        _isBehind = true;
    }

    /// <summary>Sends a message that was just stored, or falls behind.</summary>
    public void Push(LiveMessage live)
    {
        if (_isBehind || !connection.HasRoom || !TrySend(live.Event, live.Sender)) { _isBehind = true; }
    }

    /// <summary>A message was stored that could not be told: it is to be read.</summary>
    public void FallBehind() => _isBehind = true;

    /// <summary>The writer is lost, and with it what was to be read or told.</summary>
    public void LoseWriter()
    {
        // Who is not behind has been sent all there was at the login: a cursor says so to the next writer.
        if (!_isBehind && _cursor.Value < login.LiveAfter.Value) { _cursor = login.LiveAfter; }
        (_isBehind, _isReading, _hasLostWriter) = (true, false, true);
    }

    /// <summary>Sends a page of undelivered messages.</summary>
    public void Push(UndeliveredRead page)
    {
        _isReading = false;
        if (page.After != _cursor) { return; } // asked for before the stream began again
        foreach (var message in page.Messages)
        {
            var isAway = message.Id.Value <= login.LiveAfter.Value;
            if (!isAway) { TellQueueEmpty(); }
            var arrived = new MessageArrived(
                message.Id.Value, message.Sender, login.Username, message.Content, message.SentAt, isAway);
            if (!TrySend(arrived, message.SenderId)) { return; }
        }
        if (page.IsLast) { TellQueueEmpty(); }
        _isBehind = !page.IsLast;
    }

    /// <summary>The page asked for could not be read; it may be asked for again.</summary>
    public void FailRead() => _isReading = false;

    /// <summary>What to read now; null if nothing, or not yet. Its answer must be given to the stream.</summary>
    public ReadUndelivered? NextRead()
    {
        if (!_isBehind || _isReading || !connection.HasRoom) { return null; }
        var (messages, bytes) = (PageMessages, PageBytes);
        if (_needsAcks)
        {
            if (_window.IsFull) { return null; }
            messages = Math.Min(messages, _window.FreeMessages);
            bytes = Math.Min(bytes, _window.FreeBytes);
        }
        _isReading = true;
        return new ReadUndelivered(login.Id, _cursor, messages, bytes);
    }

    /// <summary>Takes the client's acks.</summary>
    /// <returns>What is delivered by them, if anything.</returns>
    public ConfirmDelivery? Acknowledge(Acknowledge acks)
    {
        if (!_needsAcks) { return null; }
        foreach (var id in acks.Ids) { _window.Acknowledge(id); }
        return Confirm(_window.TakeAcknowledged());
    }

    /// <summary>Takes how far the socket is written. Without acks, written is delivered.</summary>
    /// <returns>What is delivered by that, if anything.</returns>
    public ConfirmDelivery? Written(ServerEvent? newest)
    {
        if (_needsAcks || WrittenThrough(newest) is not { } through || through.Value <= _writtenThrough.Value)
        {
            return null;
        }
        _writtenThrough = through;
        var delivered = _window.TakeThrough(through.Value);
        // The window need not know the message: it may be of an earlier login.
        return Confirm(delivered.Newest.Id == through
            ? delivered : new DeliveredMessages(new DeliveredMessage(through, default), []));
    }

    /// <summary>Sends an event other than a message.</summary>
    public void Send(ServerEvent news)
    {
        connection.Send(news);
        _lastOther = (news, _cursor);
    }

    // False if the window is full.
    private bool TrySend(MessageArrived message, AccountId sender)
    {
        var bytes = _needsAcks ? Encoding.UTF8.GetByteCount(message.Content) : 0;
        if (_needsAcks && !_window.TryFit(bytes)) { return false; }
        _cursor = new MessageId(message.Id);
        _window.Add(_cursor, sender, bytes);
        connection.Send(message);
        return true;
    }

    private void TellQueueEmpty()
    {
        if (_hasToldQueueEmpty) { return; }
        _hasToldQueueEmpty = true;
        Send(new QueueEmptied());
    }

    // An event written before a logout may be told after it, so the account is compared.
    private MessageId? WrittenThrough(ServerEvent? newest) => newest switch
    {
        MessageArrived message when message.Recipient == login.Username => new MessageId(message.Id),
        not null when ReferenceEquals(newest, _lastOther.Event) && _lastOther.Cursor != default => _lastOther.Cursor,
        _ => null,
    };

    private ConfirmDelivery? Confirm(DeliveredMessages delivered)
    {
        if (delivered.IsNone) { return null; }
        var (newest, earlier) = delivered;
        return new ConfirmDelivery(login.Id, login.Username, newest.Id, newest.Sender, earlier);
    }
}
