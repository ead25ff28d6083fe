using JoChat.Protocol;

namespace JoChat.Load.Torture;

// Receiving: answers in the order of the requests, pushed messages and their acknowledgement.
internal sealed partial class TortureConnection
{
    private const int MostUnacknowledged = 20;
    private readonly List<(long Id, SentMessage? Message)> _toAcknowledge = [];
    private long _lastPushed;
    private int _messagesRead;

    private async Task ReceiveAsync()
    {
        _socket.ReadsLittle = _plan.Step == CutStep.MidEvent;
        while (true)
        {
            while (!_ignoresInput && _socket.TryTake(out var message))
            {
                if (message is ServerEvent happened) { await TakeAsync(happened); }
                else if (message is Response answer) { Answered()(answer); }
                await StallAsync();
            }
            if (!await _socket.ReadMoreAsync(_ended.Token)) { return; }
            if (!_ignoresInput && _socket.EndsWithinMessage && IsDue(CutStep.MidEvent)) { CutNow(CutStep.MidEvent); }
        }
    }

    private Action<Response> Answered() => _awaited.TryDequeue(out var awaited)
        ? awaited
        : throw new LoadFailedException("an answer that nobody asked for");

    private async Task TakeAsync(ServerEvent happened)
    {
        switch (happened)
        {
            case MessageArrived message: await TakeMessageAsync(message); break;
            case ReceiptArrived receipt: Ledger.NoteReceipt(Name, receipt); break;
            case TypingArrived typing when !_torture.IsClient(typing.Sender):
                throw new LoadFailedException($"nobody of that name types: {typing}");
            case PresenceChanged presence when !_torture.IsClient(presence.Username):
                throw new LoadFailedException($"nobody asked for that name: {presence}");
            case SessionClosed { Reason: SessionCloseReason.TakenOver or SessionCloseReason.ServerStopping }
                when _firstLife.Excuses(life => life.MayLoseWriter, Life):
                _isSessionEnded = true;
                break;
            case SessionClosed closed when !IsTakenOverByStrayLogin():
                throw new LoadFailedException($"the session was ended by nobody: {closed}");
            default: break;
        }
    }

    private async Task TakeMessageAsync(MessageArrived message)
    {
        if (message.Id <= _lastPushed)
        {
            var finding = message.Id == _lastPushed ? Finding.Duplicated : Finding.Misordered;
            Ledger.NoteFinding(finding, $"pushed behind {_lastPushed} on the same connection: {message}");
        }
        _lastPushed = message.Id;
        var arrived = Ledger.NoteArrival(
            new Arrival(Name, message.Sender, message.Id, message.Content, DeliveryPath.Push, _loginAt));
        if (_client.Kind.Receiving != Receiving.PushAndAck) { return; }

        _toAcknowledge.Add((message.Id, arrived));
        if (IsDue(CutStep.BeforeAck)) { CutNow(CutStep.BeforeAck); }
        if (_socket.HasFrame && _toAcknowledge.Count < MostUnacknowledged) { return; }
        var acknowledge = new Acknowledge([.. _toAcknowledge.Select(pushed => pushed.Id)]);
        await _socket.WriteAsync(_socket.Frame(acknowledge), _ended.Token);
        Ledger.NoteAcknowledged(_toAcknowledge.Select(pushed => pushed.Message));
        _toAcknowledge.Clear();
        if (IsDue(CutStep.AfterAck)) { CutNow(CutStep.AfterAck); }
    }

    private void TakePolled(CurrentLife asked, Response answer)
    {
        switch (answer)
        {
            case AwayFetched away: NoteList(away.Messages, DeliveryPath.Away); break;
            case DeliveredListed listed: NoteList(listed.Messages, DeliveryPath.List); break;
            case Refused { Code: ErrorCode.StorageUnavailable } when asked.Excuses(life => life.MayRefuseWrites, Life):
                _torture.Counts.Add(Count.OtherRefusal);
                break;
            case Refused { Code: ErrorCode.NotLoggedIn } when IsTakenOverByStrayLogin():
                throw new IOException("a login that was cut off has taken over");
            default: throw new LoadFailedException($"a poll was answered: {answer}");
        }
    }

    private void NoteList(IEnumerable<InboxMessage> messages, DeliveryPath way)
    {
        var last = 0L;
        foreach (var message in messages)
        {
            if (message.Id <= last)
            {
                Ledger.NoteFinding(Finding.Misordered, $"listed behind {last}: {message}");
            }
            last = message.Id;
            Ledger.NoteArrival(new Arrival(Name, message.Sender, message.Id, message.Content, way, _loginAt));
        }
    }

    private async Task StallAsync()
    {
        if (_plan.StallAfter < 0 || _messagesRead++ != _plan.StallAfter || _torture.IsOver) { return; }
        _torture.Counts.Add(Count.Stall);
        await Task.Delay(_plan.Stall, _ended.Token);
    }
}
