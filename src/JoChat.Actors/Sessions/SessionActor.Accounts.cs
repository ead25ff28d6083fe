using JoChat.Protocol;

namespace JoChat.Actors;

// From guest to logged in and back, and how a session comes to its end.
internal sealed partial class SessionActor
{
    // So long a login counts for what takes the password, for clients that cannot give it again.
    private static readonly TimeSpan PasswordCounts = TimeSpan.FromMinutes(5);

    private TimeSpan? _provenAt; // when the password was given in this login; null: it came with a token

    private ClientInfo Client => new(_clientName, connection.Address);

    private object BeginSignUp(SignUp signUp, long number)
    {
        if (RequestRules.JudgeSignUp(signUp, out var name) is { } refusal) { return refusal; }
        var flow = new SignUpFlow(number, name!, signUp, new WorkOrigin(connection.Address, name!.Key));
        _flow = flow;
        return flow.Begin();
    }

    private object BeginLogIn(LogIn logIn, long number)
    {
        if (RequestRules.JudgeLogIn(logIn) is { } refusal) { return refusal; }
        // A name that cannot exist does the same work as one that merely does not.
        var key = Username.TryParse(logIn.Username!, out var name, out _) ? name.Key : "";
        _flow = new LogInFlow(
            number, logIn, new WorkOrigin(connection.Address, key), _features, services.Options.ResumeExpiry, Client);
        return new FindAccount(number, key, connection.Address);
    }

    private object BeginResume(Resume resume, long number)
    {
        if (!TokenHash.TryOf(resume.Token, out var token)) { return Refusals.InvalidToken; }
        var flow = new ResumeFlow(number, token, resume, _features, Client);
        _flow = flow;
        return flow.Begin();
    }

    private object BeginRenewal(RenewToken renew, long number)
    {
        if (!TokenHash.TryOf(renew.Token, out var token)) { return Refusals.InvalidToken; }
        var flow = new RenewFlow(number, token, Client);
        _flow = flow;
        return flow.Begin();
    }

    private object BeginPasswordChange(ChangePassword change, long number)
    {
        if (RequestRules.JudgePasswordChange(change) is { } refusal) { return refusal; }
        var key = Username.Fold(_login!.Username);
        _flow = new PasswordChangeFlow(number, change, _login.Id, new WorkOrigin(connection.Address, key));
        return new FindAccount(number, key, connection.Address);
    }

    private object BeginDeletion(DeleteAccount delete, long number)
    {
        var isProven = Context.System.Scheduler.MonotonicClock - _provenAt < PasswordCounts;
        if (RequestRules.JudgeDeletion(delete, isProven) is { } refusal) { return refusal; }
        if (string.IsNullOrEmpty(delete.Password?.Value)) { return new RemoveAccount(number, _login!.Id); }
        var key = Username.Fold(_login!.Username);
        _flow = new DeletionFlow(number, delete.Password.Value, _login.Id, new WorkOrigin(connection.Address, key));
        return new FindAccount(number, key, connection.Address);
    }

    private void Enter(SessionBegun begun)
    {
        var before = Kind;
        (_login, var answer) = _flow!.Finish(begun);
        Recount(before);
        _pacing?.Cancel();
        (_pace, _pacing) = (null, null);
        _provenAt = _flow is LogInFlow ? Context.System.Scheduler.MonotonicClock : null;
        connection.NoteLogin(isLoggedIn: true);
        _guestTimeout?.Cancel();
        (_guestTimeout, _isOverdue) = (null, false);
        if (services.Options.IdleTimeout > TimeSpan.Zero) { Context.SetReceiveTimeout(services.Options.IdleTimeout); }
        Answer(begun.Request, answer);
        StartPush();
    }

    // The account is no longer this session's.
    private void BecomeGuest()
    {
        var before = Kind;
        (_login, _pace) = (null, null);
        Recount(before);
        StopTyping();
        StopWatching();
        connection.NoteLogin(isLoggedIn: false);
        StopPush();
        Context.SetReceiveTimeout(null);
        AwaitLogin();
    }

    private void Recount(SessionKind before)
    {
        services.Metrics?.CountSession(before, -1);
        services.Metrics?.CountSession(Kind, 1);
    }

    private void AwaitLogin()
    {
        if (services.Options.GuestTimeout == TimeSpan.Zero) { return; }
        _guestTimeout = Context.System.Scheduler.ScheduleTellOnceCancelable(
            services.Options.GuestTimeout, Self, GuestTimeout.Instance, Self);
    }

    // A login that is under way may still succeed.
    private void LeaveIfOverdue()
    {
        var isOverdue = _isOverdue && services.Options.GuestTimeout > TimeSpan.Zero;
        if (isOverdue && _phase is Phase.Serving && !_turns.HasInFlight) { LeaveFor(reason: null); }
    }

    // For the log, which the parent writes.
    private void Report(long number, Response answer)
    {
        var flow = _flow?.Request == number ? _flow : null;
        switch (answer)
        {
            case Refused refused when flow is null
                ? refused.Code is ErrorCode.BadCredentials or ErrorCode.InvalidToken : flow is not SignUpFlow:
                Context.Parent.Tell(new LoginRefused(flow?.Account, refused.Code, connection.Address));
                break;
            case AccountDeleted: ReportOf(_login?.Username, "deleted its account"); break;
            case not Refused when flow is not null: ReportOf(flow.Account, flow.News); break;
        }
    }

    private void ReportOf(string? account, string? what)
    {
        if (account is not null && what is not null)
        {
            Context.Parent.Tell(new AccountNews(account, what, connection.Address));
        }
    }

    // The account is another session's, or gone.
    private void Lose(SessionCloseReason reason)
    {
        if (_login is null) { return; }
        ReportOf(_login.Username, reason switch
        {
            SessionCloseReason.TakenOver => "was taken over by another log-in",
            SessionCloseReason.Revoked => "was logged out: its login was ended",
            _ => null, // told by who has deleted it
        });
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

    // A writer that comes after must be able to tell that the password was not changed by somebody else.
    private void NotePasswordChange()
    {
        if (_flow is PasswordChangeFlow { NewHash: { } hash }) { _login = _login?.WithPassword(hash); }
    }

    // A client that reads slowly is not idle.
    private void LeaveIfIdle()
    {
        var isIdle = !_turns.HasInFlight && !_turns.HasWaiting && connection.HasRoom;
        if (isIdle && services.Options.IdleTimeout > TimeSpan.Zero) { LeaveFor(reason: null); }
    }

    private void EndInput(InputEnded ended)
    {
        _turns.Enqueue(ended);
        _mayBeGone = true;
        if (_login is not null || _flow is null) { return; }
        services.Passwords.Tell(ended.IsCut ? AskerLeft.ForGood : AskerLeft.Quietly, Self);
        if (ended.IsCut) { LeaveFor(reason: null); }
    }

    // A client that may be gone has its password worked on last; one that is gone has nothing done for it.
    private void Ask(PasswordWork work)
    {
        services.Passwords.Tell(work, Self);
        if (_mayBeGone) { services.Passwords.Tell(AskerLeft.Quietly, Self); }
    }

    // The account is free before the client sees its connection closed, so that it can come back at once.
    private void LeaveFor(SessionCloseReason? reason)
    {
        _closing = reason;
        if (_login is null || _phase is Phase.Detached)
        {
            Stop();
            return;
        }
        _phase = Phase.Leaving;
        services.Persistence.Tell(new EndSession(LeaveNumber, _login.Id), Self);
    }

    private void Stop()
    {
        if (_hasSaidHello && _closing is { } reason) { connection.Send(new SessionClosed(reason)); }
        Context.Stop(Self);
    }

    private sealed record GuestTimeout
    {
        public static GuestTimeout Instance { get; } = new();
    }
}
