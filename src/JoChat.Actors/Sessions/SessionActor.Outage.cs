using JoChat.Protocol;

namespace JoChat.Actors;

// The writer is lost, and found again or another in its place (docs/adr/0017): the client keeps its connection.
internal sealed partial class SessionActor
{
    // Of what the session asks by itself, and is answered. Clients' requests have numbers above 0.
    private const long RebindNumber = -1, LeaveNumber = -2, RewatchNumber = -3;

    // So long requests wait for a writer: longer than one takes to come back, and shorter than clients wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // By then the others have bound again too, so that nobody is shown as gone who is only later.
    private static readonly TimeSpan OthersReturn = TimeSpan.FromSeconds(5);

    private Outage? _outage; // since the writer was lost, until all is as before
    private Command? _watch; // how presence is watched; null if it is not

    private bool MayBegin => _phase is Phase.Serving
        || (_phase is Phase.Detached && (_turns.NextNeedsNoWriter || _outage!.IsOver(Clock)));

    private void LoseWriter()
    {
        if (_turns.HasInFlight)
        {
            if (!IsRead(_turns.Oldest!))
            {
                // Any answer might be wrong: the client sends again by its client ids, on another connection.
                _phase = Phase.Ending;
                Stop();
                return;
            }
            Answer(_turns.OldestNumber, Refusals.StorageUnavailable(_turns.Oldest!.Operation));
        }
        if (_login is null) { return; }
        _phase = Phase.Detached;
        _outage?.Cancel();
        _outage = new Outage(refusesFrom: Clock + Patience);
        _retry?.Cancel();
        _retry = null;
        _stream?.LoseWriter();
        StopTyping();
        GoOnDetached();
    }

    private void AwaitWriter(object message)
    {
        switch (message)
        {
            case ClientRequest { Request: Acknowledge acks } request: Take(request, acks); break;
            case ClientRequest: _turns.Enqueue(message); break;
            case InputEnded ended: EndInputDetached(ended); break;
            case OutputWritten written: Continue(written); break;
            case PaceRegained: _pacing = null; break;
            case PatienceOver: _outage!.Waiting = null; break;
            case WriterLost: _outage!.IsAsked = false; break;
            case WriterFound or RetryRebind: Rebind(); break;
            case StoreFailed { Request: RebindNumber }: RebindLater(); break;
            case SessionRebound rebound: Reattach(rebound); return;
            case RebindRefused refused: EndDetached(refused.Reason); return;
            default: Unhandled(message); return; // what was meant for the session as it was
        }
        GoOnDetached();
    }

    private void GoOnDetached()
    {
        BeginNext();
        if (_phase is not Phase.Detached || _outage!.Waiting is not null || !_turns.HasRequestWaiting) { return; }
        var left = _outage.RefusesFrom - Clock;
        if (left > TimeSpan.Zero) { _outage.Waiting = TellLater(left, PatienceOver.Instance); }
    }

    // Its account is free, or will be when the writer hears that the session is gone.
    private void EndInputDetached(InputEnded ended)
    {
        if (ended.IsCut)
        {
            LeaveFor(reason: null);
            return;
        }
        _turns.Enqueue(ended);
        _mayBeGone = true;
        if (ended.Reason is not null) { _outage!.RefusesFrom = Clock; } // the server does not wait
    }

    private static Response JudgeDetached(Request request) =>
        request is Ping ? new Pong() : Refusals.StorageUnavailable(request.Operation);

    private void Rebind()
    {
        if (_outage!.IsAsked) { return; }
        _outage.IsAsked = true;
        _outage.Later?.Cancel();
        services.Persistence.Tell(
            new RebindSession(RebindNumber, _login!, _features, _stream?.DeliveredThrough), Self);
    }

    private void RebindLater()
    {
        _outage!.IsAsked = false;
        _outage.Later?.Cancel();
        _outage.Later = TellLater(RetryAfter, RetryRebind.Instance);
    }

    private void Reattach(SessionRebound rebound)
    {
        EndOutage();
        if (rebound.Newest is { } newest) { Notify(new InboxGrew(newest.Value)); }
        if (_watch is not null) { RewatchLater(OthersReturn); }
        BeginNext();
        ReadOn();
    }

    private void EndDetached(SessionCloseReason reason)
    {
        EndOutage();
        Lose(reason);
        BeginNext(); // as a guest
    }

    private void EndOutage()
    {
        _phase = Phase.Serving;
        _outage?.Cancel();
        _outage = null;
    }

    // The writer before knew who is watched. What it told stays true until the others have come back.
    private object Watching(object judged)
    {
        if (judged is not Command command) { return judged; }
        StopWatching();
        var watches = command is FindPresent { AndWatch: true, NameKeys.IsEmpty: false }
            or FindPresentContacts { Among: { AndWatch: true, NameKeys.IsEmpty: false } };
        if (watches) { _watch = command; }
        return judged;
    }

    private void RewatchLater(TimeSpan delay)
    {
        if (_watch is null) { return; }
        _outage = new Outage(refusesFrom: default) { Later = TellLater(delay, RewatchDue.Instance) };
    }

    private void Rewatch()
    {
        _outage = null;
        if (_login is null || _watch is null) { return; }
        var among = (_watch as FindPresentContacts)?.Among ?? (FindPresent)_watch;
        services.Persistence.Tell(
            new WatchAgain(RewatchNumber, _login.Id, among.NameKeys, OnlyContacts: _watch is FindPresentContacts), Self);
    }

    private void StopWatching()
    {
        _watch = null;
        _outage?.Cancel();
        _outage = null;
    }

    // It changes nothing, so its client may simply ask again.
    private static bool IsRead(Request request) => request is ReadHistory or ReadInbox or ListConversations or ListAccounts
        or CountUnread or ListBlocked or ListLogins or AskPresence;

    private ICancelable TellLater(TimeSpan delay, object message) =>
        Context.System.Scheduler.ScheduleTellOnceCancelable(delay, Self, message, Self);

    /// <summary>What a session keeps only while its writer is lost, or shortly after.</summary>
    private sealed class Outage(TimeSpan refusesFrom)
    {
        /// <summary>From when on requests are refused.</summary>
        public TimeSpan RefusesFrom { get; set; } = refusesFrom;

        /// <summary>Whether a writer was asked and has not answered.</summary>
        public bool IsAsked { get; set; }

        /// <summary>Ends the patience of the requests that wait; null while none does.</summary>
        public ICancelable? Waiting { get; set; }

        /// <summary>What is tried again, or done when the others are back; null if nothing.</summary>
        public ICancelable? Later { get; set; }

        public bool IsOver(TimeSpan now) => now >= RefusesFrom;

        public void Cancel()
        {
            Waiting?.Cancel();
            Later?.Cancel();
        }
    }

    private sealed record PatienceOver : INotInfluenceReceiveTimeout
    {
        public static PatienceOver Instance { get; } = new();
    }

    private sealed record RetryRebind : INotInfluenceReceiveTimeout
    {
        public static RetryRebind Instance { get; } = new();
    }

    private sealed record RewatchDue : INotInfluenceReceiveTimeout
    {
        public static RewatchDue Instance { get; } = new();
    }
}
