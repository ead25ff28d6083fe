using JoChat.Protocol;

namespace JoChat.Actors;

// What a client is told besides messages, as far as it asked for it.
internal sealed partial class SessionActor
{
    private const Features Supported =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence;

    // What others' deeds make to be told: the PersistenceActor must know.
    private const Features ToldByOthers = Features.Receipts | Features.Typing | Features.Presence;

    private readonly HeldEvents _held = new();
    private Features _features;
    private bool _hasSaidHello;

    private void Greet(Hello hello)
    {
        _hasSaidHello = true;
        var before = _features;
        _features = hello.Features & Supported;
        if (!_features.HasFlag(Features.Push)) { _features &= ~Features.Ack; }
        Reply(hello, new Welcome(_options.ServerName, _features,
            _options.MaxFrameBytes, _options.WindowMessages, _options.WindowBytes));

        // What "received" means has changed: what is not received yet is pushed again, under the new rule.
        var changed = before ^ _features;
        if (changed.HasFlag(Features.Ack)) { ForgetPushed(); }
        if (_login is not null && (changed & ToldByOthers) != Features.None)
        {
            _persistence.Tell(new ChangeFeatures(_login.Id, _features));
        }
        StartPush();
    }

    private void Tell(Announcement news)
    {
        if (!IsWanted(news.Event)) { return; } // the client has said so since
        if (_connection.HasRoom && _held.IsEmpty) { SendEvent(news.Event); }
        else { _held.Hold(news.Event); }
    }

    private bool IsWanted(ServerEvent news) => _features.HasFlag(news switch
    {
        ReceiptArrived => Features.Receipts,
        TypingArrived => Features.Typing,
        _ => Features.Presence,
    });

    private void TellHeld()
    {
        if (_held.IsEmpty || !_connection.HasRoom) { return; }
        foreach (var news in _held.TakeAll()) { SendEvent(news); }
    }

    private void SendEvent(ServerEvent news)
    {
        _connection.Send(news);
        _lastOther = (news, _pushedThrough);
    }
}
