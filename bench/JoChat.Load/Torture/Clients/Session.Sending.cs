using System.Collections.Concurrent;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

// What goes out: bursts of sends, several under way, and polls.
internal sealed partial class Session
{
    private const int MostUnderWay = 8, LongestPause = 120, PollsBetween = 3, FetchLimit = 50, SendsBetweenQuestions = 4;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestGlance = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _slots = new(MostUnderWay);
    private readonly ConcurrentQueue<Action<Response>> _awaited = [];
    private int _countdown;

    private async Task SendAsync()
    {
        for (var burst = 1; ; burst++)
        {
            var count = _client.Random.Next(1, MostUnderWay + 1);
            while (count-- > 0 && await SendOneAsync())
            {
                if (_client.Random.Next(SendsBetweenQuestions) == 0) { await AskSomethingAsync(); }
            }
            if (_world.IsOver && _client.Outbox.IsEmpty) { return; }
            if (_client.Kind.Receiving == Receiving.Poll && burst % PollsBetween == 0) { await PollAsync(); }
            await Task.Delay(_client.Random.Next(LongestPause), _ended.Token);
        }
    }

    // False if there is nothing to send now.
    private async Task<bool> SendOneAsync()
    {
        await _slots.WaitAsync(_ended.Token);
        if (IsDue(CutStep.BeforeSend)) { return EndBy(CutStep.BeforeSend); }
        if (IsDue(CutStep.TakenOver)) { return EndBy(CutStep.TakenOver); }

        if (_client.Outbox.Next(NewMessage, out var isResend) is not { } message)
        {
            _slots.Release();
            return false;
        }
        if (isResend) { _world.Counts.Add(Count.Resend); }
        Ledger.NoteAttempt(message, _number, _life.MayRefuseWrites);
        _awaited.Enqueue(TakeAnswer);
        var frame = _wire.Frame(new SendMessage(Name, message.Line.Recipient, message.Text, message.ClientId));
        var isCut = IsDue(CutStep.MidFrame) || IsDue(CutStep.AfterSend) || IsDue(CutStep.AfterCommit);
        if (isCut && _plan.Step == CutStep.MidFrame) { frame = frame[..(1 + _client.Random.Next(frame.Length - 1))]; }
        _isDeaf = isCut && _plan.Step == CutStep.AfterCommit;
        await _wire.WriteAsync(frame, _ended.Token);
        if (!isCut) { return true; }
        return EndBy(_plan.Step == CutStep.AfterCommit ? await SeeItArriveAsync(message) : _plan.Step);
    }

    private bool EndBy(CutStep step)
    {
        Cut(step);
        throw new OperationCanceledException(_ended.Token);
    }

    // If it is not seen to arrive, it is not known to be stored, and the cut counts as one behind the send.
    private async Task<CutStep> SeeItArriveAsync(SentMessage message)
    {
        for (var waited = TimeSpan.Zero; waited < LongestGlance; waited += Glance)
        {
            if (Ledger.HasArrived(message)) { return CutStep.AfterCommit; }
            await Task.Delay(Glance, _ended.Token);
        }
        return CutStep.AfterSend;
    }

    private SentMessage? NewMessage()
    {
        if (_world.IsOver) { return null; }
        // To see a message arrive needs a recipient who is told by itself.
        ClientKind[] others = [.. _world.Clients.Where(other => other.Name != Name
            && (_plan.Step != CutStep.AfterCommit || other.Receiving != Receiving.Poll))];
        return Ledger.Add(Name, others[_client.Random.Next(others.Length)].Name);
    }

    private void TakeAnswer(Response answer)
    {
        switch (answer)
        {
            case MessageStored { As: { } stored }:
                Ledger.NoteStored(_client.Outbox.Answered(isStored: true), stored.Id);
                break;
            case Refused { Code: ErrorCode.StorageUnavailable } when _life.MayRefuseWrites:
                _world.Counts.Add(Count.Refusal);
                Ledger.NoteRefused(_client.Outbox.Answered(isStored: false));
                break;
            case Refused { Code: ErrorCode.WrongSender } when IsUsurped():
                Ledger.NoteRefused(_client.Outbox.Answered(isStored: false));
                throw new IOException("a login that was cut off has taken over");
            default:
                Ledger.NoteRefused(_client.Outbox.Answered(isStored: false));
                throw new LoadFailedException($"a send was answered: {answer}");
        }
        _slots.Release();
        if (IsDue(CutStep.AfterAnswer)) { EndBy(CutStep.AfterAnswer); }
    }

    private async Task PollAsync()
    {
        var isLive = _client.Random.Next(2) == 0;
        Request poll = isLive ? new ListDelivered() : new FetchAway(FetchLimit);
        _awaited.Enqueue(TakePolled);
        await _wire.WriteAsync(_wire.Frame(poll), _ended.Token);
        if (IsDue(CutStep.MidPoll)) { EndBy(CutStep.MidPoll); }
    }
}
