using System.Collections.Concurrent;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

// Sending: bursts of pipelined sends, and polls.
internal sealed partial class TortureConnection
{
    private const int MostInFlight = 8, LongestPause = 120, PollsBetween = 3, FetchLimit = 50;
    private const int SendsPerOperation = 4; // on average
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _slots = new(MostInFlight);
    private readonly ConcurrentQueue<Action<Response>> _awaited = [];
    private int _countdown;

    private async Task SendAsync()
    {
        for (var burst = 1; ; burst++)
        {
            var count = _client.Random.Next(1, MostInFlight + 1);
            while (count-- > 0 && await SendOneAsync())
            {
                if (_client.Random.Next(SendsPerOperation) == 0) { await AskSomethingAsync(); }
            }
            if (_torture.IsOver && _client.Outbox.IsEmpty) { return; }
            if (_client.Kind.Receiving == Receiving.Poll && burst % PollsBetween == 0) { await PollAsync(); }
            await Task.Delay(_client.Random.Next(LongestPause), _ended.Token);
        }
    }

    // False if there is nothing to send now.
    private async Task<bool> SendOneAsync()
    {
        await _slots.WaitAsync(_ended.Token);
        if (IsDue(CutStep.BeforeSend)) { return CutNow(CutStep.BeforeSend); }
        if (IsDue(CutStep.TakenOver)) { return CutNow(CutStep.TakenOver); }

        if (_client.Outbox.Next(NewMessage, out var isResend) is not { } message)
        {
            _slots.Release();
            return false;
        }
        if (isResend) { _torture.Counts.Add(Count.Resend); }
        var asked = Life;
        Ledger.NoteAttempt(message, _number, asked);
        _awaited.Enqueue(answer => TakeAnswer(asked, answer));
        var frame = _socket.Frame(new SendMessage(Name, message.Stream.Recipient, message.Text, message.ClientId));
        var isCut = IsDue(CutStep.MidFrame) || IsDue(CutStep.AfterSend) || IsDue(CutStep.AfterCommit);
        if (isCut && _plan.Step == CutStep.MidFrame) { frame = frame[..(1 + _client.Random.Next(frame.Length - 1))]; }
        _ignoresInput = isCut && _plan.Step == CutStep.AfterCommit;
        await _socket.WriteAsync(frame, _ended.Token);
        if (!isCut) { return true; }
        return CutNow(_plan.Step == CutStep.AfterCommit ? await AwaitArrivalAsync(message) : _plan.Step);
    }

    private bool CutNow(CutStep step)
    {
        Cut(step);
        throw new OperationCanceledException(_ended.Token);
    }

    // If it does not arrive, it is not known to be stored, and the cut counts as one right after the send.
    private async Task<CutStep> AwaitArrivalAsync(SentMessage message)
    {
        for (var waited = TimeSpan.Zero; waited < LongestWait; waited += PollInterval)
        {
            if (Ledger.HasArrived(message)) { return CutStep.AfterCommit; }
            await Task.Delay(PollInterval, _ended.Token);
        }
        return CutStep.AfterSend;
    }

    private SentMessage? NewMessage()
    {
        if (_torture.IsOver) { return null; }
        // Only a recipient with push shows that a message has arrived.
        ClientKind[] others = [.. _torture.Clients.Where(other => other.Name != Name
            && (_plan.Step != CutStep.AfterCommit || other.Receiving != Receiving.Poll))];
        return Ledger.Add(Name, others[_client.Random.Next(others.Length)].Name);
    }

    private void TakeAnswer(CurrentLife asked, Response answer)
    {
        switch (answer)
        {
            case MessageStored { As: { } stored }:
                Ledger.NoteStored(_client.Outbox.Answered(isStored: true), stored.Id);
                break;
            case Refused { Code: ErrorCode.StorageUnavailable } when asked.Excuses(life => life.MayRefuseWrites, Life):
                _torture.Counts.Add(Count.Refusal);
                Ledger.NoteRefused(_client.Outbox.Answered(isStored: false));
                break;
            case Refused { Code: ErrorCode.WrongSender } when IsTakenOverByStrayLogin():
                Ledger.NoteRefused(_client.Outbox.Answered(isStored: false));
                throw new IOException("a login that was cut off has taken over");
            default:
                Ledger.NoteRefused(_client.Outbox.Answered(isStored: false));
                throw new LoadFailedException($"a send was answered: {answer}");
        }
        _slots.Release();
        if (IsDue(CutStep.AfterAnswer)) { CutNow(CutStep.AfterAnswer); }
    }

    private async Task PollAsync()
    {
        var isLive = _client.Random.Next(2) == 0;
        Request poll = isLive ? new ListDelivered() : new FetchAway(FetchLimit);
        var asked = Life;
        _awaited.Enqueue(answer => TakePolled(asked, answer));
        await _socket.WriteAsync(_socket.Frame(poll), _ended.Token);
        if (IsDue(CutStep.MidPoll)) { CutNow(CutStep.MidPoll); }
    }
}
