using JoChat.Protocol;

namespace JoChat.Actors;

// How a session comes to its end: by its client, by a stopping server, or by someone else.
internal sealed partial class SessionActor
{
    private SessionCloseReason? _closing; // what the client is to be told before its connection closes

    /// <summary>Ends the session. The account is free before the client sees its connection closed, so that it can come
    /// back at once.</summary>
    private void Leave(SessionCloseReason? reason)
    {
        _closing = reason;
        if (_login is null)
        {
            Close();
            return;
        }
        _persistence.Tell(new EndSession(_login.Id));
        Become(Leaving);
    }

    private void Leaving()
    {
        Receive<OutputWritten>(GoOn);
        Receive<Response>(_ => Close());
        ReceiveAny(_ => { }); // a client that was idle too long may still ask; a message may still arrive
    }

    /// <summary>The account is another session's, or gone. What is under way is still answered, and nothing is begun.
    /// </summary>
    private void End(SessionEnded ended)
    {
        // An original client cannot be told why, but goes on as a guest when its account is gone, as it always did.
        if (ended.Reason is SessionCloseReason.AccountDeleted && !_hasSaidHello)
        {
            Forget();
            return;
        }
        _closing = ended.Reason;
        Become(Ending);
        if (_underWay.IsEmpty) { Close(); }
    }

    private void Ending()
    {
        Receive<Request>(_ => { }); // too late; why is told behind the last answer
        Receive<StoreFailed>(IsOfNoRequest);
        ReceiveAnswers();
        ReceiveAny(_ => { });
    }

    private void Close()
    {
        if (_hasSaidHello && _closing is { } reason) { _connection.Send(new SessionClosed(reason)); }
        Context.Stop(Self);
    }
}
