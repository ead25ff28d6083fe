using JoChat.Protocol;

namespace JoChat.Actors;

// Whose turn it is: requests are begun and answered in the order they came.
internal sealed partial class SessionActor
{
    /// <summary>Whether it was put aside. Else it is its turn, and its handler follows.</summary>
    private bool WaitsForItsTurn(Request request)
    {
        if (!MayBegin(request))
        {
            PutAside(request);
            return true;
        }
        _oldestComes = false;
        return false;
    }

    private void LeaveInTurn(InputEnded ended)
    {
        if (MayBegin(ended)) { Leave(ended.Reason); }
        else { PutAside(ended); }
    }

    // A client that does not read its answers is not given more of them. There may be room before the session is told
    // of it: what comes in between must not overtake what waits.
    private bool MayBegin(object input) => _connection.HasRoom && (_oldestComes || Stash.IsEmpty)
        && (_underWay.IsEmpty || (input is SendMessage && SendsAreUnderWay));

    // Behind these a send need not wait. As a guest it must: it is refused at once, before theirs are answered.
    private bool SendsAreUnderWay => _login is not null && _underWay.Oldest is SendMessage;

    // The oldest of those that wait stays the oldest.
    private void PutAside(object input)
    {
        if (_oldestComes) { Stash.Prepend([new Envelope(input, Sender)]); }
        else { Stash.Stash(); }
        _oldestComes = false;
    }

    // Has the oldest that waits come again if it may begin. Only sends may, while others are under way.
    private void TakeNext()
    {
        if (_oldestComes || Stash.IsEmpty || !_connection.HasRoom) { return; }
        if (!_underWay.IsEmpty && !SendsAreUnderWay) { return; }
        _oldestComes = true;
        Stash.Unstash();
    }

    // Asks another actor for what the request needs; its answer will be the request's.
    private void Start(Request request, IActorRef from, object command)
    {
        _underWay.Add(request);
        from.Tell(command);
        TakeNext();
    }

    // Answers the oldest request under way and lets the next one come that waited for it.
    private void Answer(Response response)
    {
        var request = _underWay.Take();
        Send(request, IsTooLate(request) ? Refusals.NotLoggedIn(request.Operation) : response);
        if (_closing is not null)
        {
            if (_underWay.IsEmpty) { Close(); }
            return;
        }
        if (response is LoggedOut or AccountDeleted or DatabaseReset) { Forget(); }
        TakeNext();
    }

    // What was still being read for an account that is this session's no more is not shown. Who ends a session tells it
    // before anything later is committed: an answer that comes before that news can hold nothing of it.
    private bool IsTooLate(Request request) =>
        request is ListConversations or ReadHistory && (_closing is not null || _login is null);

    // Answers a request whose turn it is and that needed nobody.
    private void Reply(Request request, Response response)
    {
        Send(request, response);
        TakeNext();
    }

    private void Send(Request request, Response response) => _connection.Send(response.AsAnswerTo(request));

    /// <summary>The socket took what was sent: that may be received, and there may be room for more.</summary>
    private void GoOn(OutputWritten written)
    {
        TakeWritten(written.LastEvent);
        TellHeld();
        ReadOn();
        TakeNext();
    }

    // A guest that does not read its answers is idle too: only a logged-in client may be slow for ever.
    private void LeaveIfIdle(ReceiveTimeout timeout)
    {
        var isSlow = _login is not null && (Stash.NonEmpty || !_connection.HasRoom);
        if (_underWay.IsEmpty && !isSlow) { Leave(reason: null); }
    }

    private void RefuseGuest(Request request) => Reply(request, Refusals.NotLoggedIn(request.Operation));

    private void RefuseUnsupported(Request request) => Reply(request, Refusals.Unsupported(request.Operation));
}
