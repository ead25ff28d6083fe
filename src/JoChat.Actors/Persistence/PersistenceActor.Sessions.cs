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
        if (!begin.Takeover && _sessions.TryFind(account.Id, out _))
        {
            return new Answered(begin.Request, Refusals.AlreadyLoggedIn);
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

    private Reply Resume(ResumeSession resume) =>
        _store.FindAccountByToken(resume.Token.ToBytes(), _time.GetUtcNow()) is { } account
            ? Bind(resume.Request, account, resume.Features)
            : new Answered(resume.Request, Refusals.InvalidToken);

    // What the session before had not acknowledged is undelivered from here on: its later acks are ignored and its
    // commands refused, whenever they come.
    private SessionBegun Bind(long request, Account account, Features features)
    {
        var liveAfter = new MessageId(_lastMessageId);
        var undelivered = _store.CountUndelivered(account.Id, _watermarks.Of(account.Id), liveAfter);
        var online = new OnlineSession<IActorRef>(
            account.Id, account.Username, Username.Fold(account.Username), Sender, features);
        if (_sessions.Bind(online) is { } before) { Dismiss(before.Session, SessionCloseReason.TakenOver); }
        else { Announce(online, isOnline: true); }
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
        Unbind(Sender);
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
        if (!_sessions.TryFind(change.Account, out var online) || !online.Session.Equals(Sender)) { return; }
        _sessions.Change(online, change.Features);
    }

    private void Dismiss(IActorRef session, SessionCloseReason reason)
    {
        Context.Unwatch(session);
        session.Tell(new SessionEnded(reason), Self);
    }

    private void Unbind(IActorRef session)
    {
        Context.Unwatch(session);
        if (_sessions.Unbind(session) is { } gone) { Announce(gone, isOnline: false); }
    }

    private void Announce(OnlineSession<IActorRef> who, bool isOnline)
    {
        var watchers = _sessions.WatchersOf(who.NameKey);
        if (watchers.Count == 0) { return; }
        var news = new DeliverEvent(new PresenceChanged(who.Username, isOnline));
        foreach (var watcher in watchers) { watcher.Tell(news, Self); }
    }
}
