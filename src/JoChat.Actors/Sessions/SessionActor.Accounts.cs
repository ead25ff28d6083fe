using JoChat.Protocol;

namespace JoChat.Actors;

// From guest to logged in and back, and how a session comes to its end.
internal sealed partial class SessionActor
{
    private object BeginSignUp(SignUp signUp, long number)
    {
        if (RequestRules.JudgeSignUp(signUp, out var name) is { } refusal) { return refusal; }
        _flow = new SignUpFlow(number, name!);
        return new HashPassword(number, signUp.Password!.Value);
    }

    private object BeginLogIn(LogIn logIn, long number)
    {
        if (RequestRules.JudgeLogIn(logIn) is { } refusal) { return refusal; }
        _flow = new LogInFlow(number, logIn, _features, services.Options.ResumeExpiry);
        // A name that cannot exist does the same work as one that merely does not.
        return new FindAccount(number, Username.TryParse(logIn.Username!, out var name, out _) ? name.Key : "");
    }

    private object BeginResume(Resume resume, long number)
    {
        if (!TokenHash.TryOf(resume.Token, out var token)) { return Refusals.InvalidToken; }
        _flow = new ResumeFlow(number, token);
        return new ResumeSession(number, token, _features, resume.Takeover);
    }

    private object BeginPasswordChange(ChangePassword change, long number)
    {
        if (RequestRules.JudgePasswordChange(change) is { } refusal) { return refusal; }
        _flow = new PasswordChangeFlow(number, change, _login!.Id);
        return new FindAccount(number, Username.Fold(_login.Username));
    }

    private void Enter(SessionBegun begun)
    {
        (_login, var answer) = _flow!.Finish(begun);
        SetIdleTimeout(services.Options.IdleTimeout);
        Answer(begun.Request, answer);
        StartPush();
    }

    // The account is no longer this session's.
    private void BecomeGuest()
    {
        _login = null;
        StopPush();
        SetIdleTimeout(services.Options.GuestIdleTimeout);
    }

    // The account is another session's, or gone.
    private void Lose(SessionCloseReason reason)
    {
        if (_login is null) { return; }
        // An original client cannot be told why, but goes on as a guest when its account is gone, as it always did.
        if (reason is SessionCloseReason.AccountDeleted && !_hasSaidHello)
        {
            BecomeGuest();
            return;
        }
        (_phase, _closing) = (Phase.Ending, reason);
        _turns.DropWaiting(); // why is told behind the last answer
        if (!_turns.HasInFlight) { Stop(); }
    }

    // A guest that does not read its answers is idle too: only a logged-in client may be slow for ever.
    private void LeaveIfIdle()
    {
        var isSlow = _login is not null && (_turns.HasWaiting || !connection.HasRoom);
        if (!_turns.HasInFlight && !isSlow) { LeaveFor(reason: null); }
    }

    // The account is free before the client sees its connection closed, so that it can come back at once.
    private void LeaveFor(SessionCloseReason? reason)
    {
        _closing = reason;
        if (_login is null)
        {
            Stop();
            return;
        }
        _phase = Phase.Leaving;
        services.Persistence.Tell(new EndSession(0, _login.Id), Self);
    }

    private void Stop()
    {
        if (_hasSaidHello && _closing is { } reason) { connection.Send(new SessionClosed(reason)); }
        Context.Stop(Self);
    }
}
