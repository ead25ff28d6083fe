using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Who is online changes on committed ground only: these run with no batch open, and change it after their own commit.
internal sealed partial class PersistenceActor
{
    private const int TokensPerAccount = 16;
    private const int ExpiredTokensAtOnce = 100;

    private void ReceiveSessions()
    {
        InBatch<CreateAccount>(AddAccount);
        InBatch<ReplacePassword>(Replace);
        Reading<LookUpAccount>(lookUp => new AccountLookedUp(_store.FindAccount(lookUp.UsernameKey)));
        Alone<BeginSession>(Begin);
        Alone<ResumeSession>(Resume);
        Alone<EndSession>(End);
        Alone<RemoveAccount>(Remove);
        Alone<ResetStore>(Reset);
        Receive<ChangeFeatures>(Change);
        Receive<Terminated>(NoteDeath);
    }

    private Response AddAccount(CreateAccount create)
    {
        var id = _store.AddAccount(create.Name.Text, create.Name.Key, create.PasswordHash, _time.GetUtcNow());
        return id is null ? Refusals.UsernameTaken : new SignedUp();
    }

    private PasswordChanged Replace(ReplacePassword replace)
    {
        _store.SetPasswordHash(replace.Account, replace.NewHash);
        _store.RevokeTokens(replace.Account);
        return new PasswordChanged();
    }

    private object Begin(BeginSession begin)
    {
        var account = begin.Account;
        if (!begin.Takeover && _online.TryFind(account.Id, out _)) { return Refusals.AlreadyLoggedIn; }
        // Looked up before its password was verified; it may have been deleted or have another password since.
        var current = _store.FindAccount(Username.Fold(account.Username));
        if (current?.Id != account.Id) { return Refusals.BadCredentials; }
        if (current.PasswordHash != account.PasswordHash) { return new AccountLookedUp(current); }

        if (begin.BetterHash is not null || begin.Token is not null) { Durably(() => Renew(begin)); }
        return Bind(account, begin.Features);
    }

    private void Renew(BeginSession begin)
    {
        if (begin.BetterHash is not null) { _store.SetPasswordHash(begin.Account.Id, begin.BetterHash); }
        if (begin.Token is null) { return; }
        var now = _time.GetUtcNow();
        _store.DeleteExpiredTokens(now, ExpiredTokensAtOnce);
        _store.AddResumeToken(begin.Account.Id, begin.Token.Hash.ToBytes(), now + begin.Token.Expiry, TokensPerAccount);
    }

    private object Resume(ResumeSession resume) =>
        _store.FindAccountByToken(resume.Token.ToBytes(), _time.GetUtcNow()) is { } account
            ? Bind(account, resume.Features)
            : Refusals.InvalidToken;

    // What the session before had not received waits again from here on: its marks are passed over, and its commands
    // refused, whenever they come.
    private SessionBegun Bind(Account account, Features features)
    {
        SettleMark(account.Id);
        var liveAfter = new MessageId(_lastMessageId);
        var begun = new SessionBegun(account, liveAfter, _store.CountUndelivered(account.Id, default, liveAfter));
        var online = new OnlineSession(
            account.Id, account.Username, Username.Fold(account.Username), Sender, features);
        if (_online.Bind(online) is { } before)
        {
            Dismiss(before.Session, SessionCloseReason.TakenOver);
        }
        else
        {
            _watchers.Announce(online, isOnline: true);
        }
        Context.Watch(Sender);
        return begun;
    }

    // If it cannot be written, what was received comes again: better than nobody being let in while the disk is full.
    private void SettleMark(AccountId account)
    {
        if (!_marks.IsRaised(account)) { return; }
        try
        {
            Durably(() => _marks.Write(account));
        }
        catch (StorageException fault)
        {
            NoteFailure(fault);
        }
    }

    private LoggedOut End(EndSession end)
    {
        if (end.Revoked is not null) { Durably(() => _store.RevokeToken(end.Revoked.ToBytes())); }
        Unbind(Sender);
        return new LoggedOut();
    }

    private AccountDeleted Remove(RemoveAccount remove)
    {
        Durably(() => _store.DeleteAccount(remove.Account));
        _accounts.Clear();
        Unbind(Sender);
        return new AccountDeleted();
    }

    private DatabaseReset Reset(ResetStore reset)
    {
        Durably(_store.Reset);
        _accounts.Clear();
        foreach (var session in _online.All)
        {
            if (session.Equals(Sender)) { Context.Unwatch(session); } // who asked is answered, and goes on as a guest
            else { Dismiss(session, SessionCloseReason.AccountDeleted); }
        }
        _online.Clear();
        _watchers.Clear();
        return new DatabaseReset();
    }

    private void Change(ChangeFeatures change)
    {
        if (!_online.TryFind(change.Account, out var online) || !online.Session.Equals(Sender)) { return; }
        _online.Change(online, change.Features);
        if (!change.Features.HasFlag(Features.Presence)) { _watchers.Forget(Sender); }
    }

    private void Dismiss(IActorRef session, SessionCloseReason reason)
    {
        Context.Unwatch(session);
        _watchers.Forget(session);
        session.Tell(new SessionEnded(reason));
    }

    private void NoteDeath(Terminated session)
    {
        Commit(); // an answer that still says the account is online must not come behind the news
        Unbind(session.ActorRef);
    }

    private void Unbind(IActorRef session)
    {
        Context.Unwatch(session);
        _watchers.Forget(session);
        if (_online.Unbind(session) is { } gone) { _watchers.Announce(gone, isOnline: false); }
    }

    private void Durably(Action write)
    {
        try
        {
            _store.Begin();
            write();
            _store.Commit();
            _marks.Committed();
            NoteSuccess();
        }
        catch (StorageException)
        {
            _store.Rollback();
            _marks.RolledBack();
            throw;
        }
    }
}
