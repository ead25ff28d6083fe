using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Accounts, and who is online: that changes only with no batch open, behind its own commit.
internal sealed partial class PersistenceActor
{
    private const int TokensPerAccount = 16;
    private const int ExpiredTokensAtOnce = 100;

    private void ReceiveSessions()
    {
        HandleWrite<CreateAccount>(AddAccount);
        HandleWrite<ReplacePassword>(Replace);
        HandleRead<FindAccount>(find => new AccountFound(find.Request, _store.FindAccount(find.NameKey)));
        HandleExclusive<BeginSession>(Begin);
        HandleExclusive<ResumeSession>(Resume);
        HandleExclusive<EndSession>(End);
        HandleExclusive<RemoveAccount>(Remove);
        HandleExclusive<ResetStore>(Reset);
        Receive<ChangeFeatures>(Change);
        Receive<Terminated>(session => Unbind(session.ActorRef));
    }

    private Answered AddAccount(CreateAccount create)
    {
        if (_freeSpace.IsReached) { return new Answered(create.Request, Refusals.StorageFull(Operation.SignUp)); }
        var id = _store.AddAccount(create.Name.Text, create.Name.Key, create.PasswordHash, _time.GetUtcNow());
        return new Answered(create.Request, id is null ? Refusals.UsernameTaken : new SignedUp());
    }

    private Answered Replace(ReplacePassword replace)
    {
        _store.SetPasswordHash(replace.Account, replace.NewHash);
        _store.RevokeTokens(replace.Account);
        return new Answered(replace.Request, new PasswordChanged());
    }

    private Reply Begin(BeginSession begin)
    {
        var account = begin.Account;
        if (FindObstacle(account.Id, begin.Features, begin.Takeover, Operation.LogIn) is { } refusal)
        {
            return new Answered(begin.Request, refusal);
        }
        // Found before its password was verified; it may have been deleted or have another password since.
        var current = _store.FindAccount(Username.Fold(account.Username));
        if (current?.Id != account.Id) { return new Answered(begin.Request, Refusals.BadCredentials); }
        if (current.PasswordHash != account.PasswordHash) { return new AccountFound(begin.Request, current); }

        if (begin.BetterHash is not null || begin.Token is not null) { _commit.Transact(() => Renew(begin)); }
        return Bind(begin.Request, account, begin.Features);
    }

    private void Renew(BeginSession begin)
    {
        if (begin.BetterHash is not null) { _store.SetPasswordHash(begin.Account.Id, begin.BetterHash); }
        if (begin.Token is null) { return; }
        var now = _time.GetUtcNow();
        _store.DeleteExpiredTokens(now, ExpiredTokensAtOnce);
        _store.AddResumeToken(begin.Account.Id, begin.Token.Hash.ToBytes(), now + begin.Token.Expiry, TokensPerAccount);
    }

    private Reply Resume(ResumeSession resume)
    {
        if (_store.FindAccountByToken(resume.Token.ToBytes(), _time.GetUtcNow()) is not { } account)
        {
            return new Answered(resume.Request, Refusals.InvalidToken);
        }
        return FindObstacle(account.Id, resume.Features, resume.Takeover, Operation.Resume) is { } refusal
            ? new Answered(resume.Request, refusal)
            : Bind(resume.Request, account, resume.Features);
    }

    private Refused? FindObstacle(AccountId account, Features features, bool takeover, Operation operation)
    {
        if (features.HasFlag(Features.Side))
        {
            return _sessions.SidesOf(account).Count < Limits.MaxSideSessions ? null : Refusals.Busy(operation);
        }
        return !takeover && _sessions.TryFind(account, out var own)
            ? Refusals.LoggedInElsewhere(operation, own.Since)
            : null;
    }

    // What the session before had not acknowledged is undelivered from here on: its later acks are ignored and its
    // commands refused, whenever they come.
    private SessionBegun Bind(long request, Account account, Features features)
    {
        var online = new OnlineSession<IActorRef>(
            account.Id, account.Username, Username.Fold(account.Username), Sender, features)
        {
            Since = Now(),
        };
        var liveAfter = new MessageId(online.IsSide ? long.MaxValue : _lastMessageId);
        var undelivered = _store.CountUndelivered(account.Id, _watermarks.Of(account.Id), liveAfter);
        var wasPresent = IsPresent(online);
        if (_sessions.Bind(online) is { } before) { Dismiss(before.Session, SessionCloseReason.TakenOver); }
        AnnounceIfChanged(online, wasPresent);
        Context.Watch(Sender);
        return new SessionBegun(request, account, liveAfter, undelivered);
    }

    private Answered End(EndSession end)
    {
        if (end.Revoked is not null) { _commit.Transact(() => _store.RevokeToken(end.Revoked.ToBytes())); }
        Unbind(Sender);
        return new Answered(end.Request, new LoggedOut());
    }

    private Answered Remove(RemoveAccount remove)
    {
        _commit.Transact(() => _store.DeleteAccount(remove.Account));
        _accounts.Clear();
        foreach (var session in _sessions.Of(remove.Account))
        {
            Unbind(session);
            if (!session.Equals(Sender)) { Dismiss(session, SessionCloseReason.AccountDeleted); }
        }
        return new Answered(remove.Request, new AccountDeleted());
    }

    private Answered Reset(ResetStore reset)
    {
        _commit.Transact(_store.Reset);
        _accounts.Clear();
        foreach (var session in _sessions.All)
        {
            if (session.Equals(Sender)) { Context.Unwatch(session); } // who asked is answered, and goes on as a guest
            else { Dismiss(session, SessionCloseReason.AccountDeleted); }
        }
        _sessions.Clear();
        return new Answered(reset.Request, new DatabaseReset());
    }

    private void Change(ChangeFeatures change)
    {
        if (!_sessions.TryFindBound(Sender, out var online) || online.Account != change.Account) { return; }
        var wasPresent = IsPresent(online);
        _sessions.Change(online, change.Features);
        AnnounceIfChanged(online, wasPresent);
    }

    private void Dismiss(IActorRef session, SessionCloseReason reason)
    {
        Context.Unwatch(session);
        session.Tell(new SessionEnded(reason), Self);
    }

    private void Unbind(IActorRef session)
    {
        Context.Unwatch(session);
        if (!_sessions.TryFindBound(session, out var leaving)) { return; }
        var wasPresent = IsPresent(leaving);
        _sessions.Unbind(session);
        AnnounceIfChanged(leaving, wasPresent);
    }

    private bool IsPresent(OnlineSession<IActorRef> who) => _sessions.FindPresent(who.NameKey) is not null;

    private void AnnounceIfChanged(OnlineSession<IActorRef> who, bool wasPresent)
    {
        var isOnline = IsPresent(who);
        var watchers = _sessions.WatchersOf(who.NameKey);
        if (isOnline == wasPresent || watchers.Count == 0) { return; }
        var news = new DeliverEvent(new PresenceChanged(who.Username, isOnline));
        foreach (var watcher in watchers)
        {
            if (!IsKeptFrom(who.Account, watcher)) { watcher.Tell(news, Self); }
        }
    }
}
