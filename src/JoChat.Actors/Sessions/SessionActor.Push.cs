using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Messages arriving by themselves, for a client that asked for it. The outbox is a cursor, not a buffer: a session that
// is behind drops the live messages told to it and reads them from the store when the socket can take them.
internal sealed partial class SessionActor
{
    private const int PageMessages = 256;
    private const int PageBytes = 64 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private Features _features;
    private MessageId _pushedThrough; // every message up to it was sent to the connection, or is not for pushing
    private bool _isBehind;
    private bool _isReading;

    private void ReceivePush()
    {
        Receive<LiveMessage>(PushLive);
        Receive<BacklogRead>(PushPage);
        Receive<StoreFailed>(failed => failed.Command is ReadBacklog, _ => RetryLater());
        Receive<RetryPush>(_ => ReadOn());
    }

    private void StartPush()
    {
        if (!MayPush) { return; }
        _isBehind = true;
        ReadOn();
    }

    private bool MayPush => _login is not null && _features.HasFlag(Features.Push);

    private void StopPush() => (_pushedThrough, _isBehind, _isReading) = (default, false, false);

    private void PushLive(LiveMessage live)
    {
        if (!MayPush) { return; } // this client polls
        if (_isBehind || !_connection.HasRoom)
        {
            _isBehind = true;
            ReadOn();
        }
        else
        {
            Push(live.Event);
        }
    }

    private void PushPage(BacklogRead page)
    {
        _isReading = false;
        if (!MayPush) { return; } // it has said so since
        foreach (var message in page.Messages)
        {
            Push(new MessageArrived(message.Id.Value, message.Sender, _login!.Username, message.Content,
                message.SentAt, Away: message.Id.Value <= _login.LiveAfter.Value));
        }
        _isBehind = !page.IsLast;
        ReadOn();
    }

    private void Push(MessageArrived message)
    {
        _pushedThrough = new MessageId(message.Id);
        _connection.Send(message);
    }

    private void ReadOn()
    {
        if (!MayPush || !_isBehind || _isReading || !_connection.HasRoom) { return; }
        _isReading = true;
        _persistence.Tell(new ReadBacklog(_login!.Id, _pushedThrough, PageMessages, PageBytes));
    }

    private void RetryLater()
    {
        _isReading = false;
        Context.System.Scheduler.ScheduleTellOnce(RetryAfter, Self, RetryPush.Instance, Self);
    }

    /// <summary>The socket took what was sent: that is received, and there may be room for more.</summary>
    private void Resume(OutputWritten written)
    {
        // An event written before a logout may be told after it, so the account is compared.
        if (written.LastEvent is MessageArrived last && last.Recipient == _login?.Username)
        {
            _persistence.Tell(new MarkReceived(_login.Id, new MessageId(last.Id)));
        }
        ReadOn();
        if (!IsHeldUp) { Stash.UnstashAll(); }
    }

    private sealed record RetryPush : INotInfluenceReceiveTimeout
    {
        public static RetryPush Instance { get; } = new();
    }
}
