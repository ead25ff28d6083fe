using System.Text.Json;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

// Accounts, and who is online: that changes only with no batch open, behind its own commit.
internal sealed partial class PersistenceActor
{
    private const int LoginsPerAccount = 16;
    private const int ExpiredLoginsAtOnce = 100;
    private const int OfferedTokens = 4; // of a login: more answers than these cannot be on their way

    private void ReceiveSessions()
    {
        HandleWrite<CreateAccount>(AddAccount);
        HandleWrite<UseToken>(Use);
        HandleRead<FindAccount>(find => new AccountFound(find.Request, _store.FindAccount(find.NameKey)));
        HandleExclusive<BeginSession>(Begin);
        HandleExclusive<ResumeSession>(Resume);
        HandleExclusive<ReplacePassword>(Replace);
        HandleExclusive<EndSession>(End);
        HandleExclusive<RemoveAccount>(Remove);
        HandleExclusive<ResetStore>(Reset);
        Receive<ChangeFeatures>(Change);
        Receive<LoginEnded>(EndSessions);
        Receive<Terminated>(session => Unbind(session.ActorRef));
    }

    private Answered AddAccount(CreateAccount create)
    {
        if (_store.IsHeld(create.Name.Key, _time.GetUtcNow()))
        {
            return new Answered(create.Request, Refusals.UsernameTaken);
        }
        var id = _store.AddAccount(create.Name.Text, create.Name.Key, create.PasswordHash, _time.GetUtcNow());
        return new Answered(create.Request, id is null ? Refusals.UsernameTaken : new SignedUp());
    }

    private Reply Replace(ReplacePassword replace)
    {
        var account = replace.Account;
        var current = _store.FindAccount(Username.Fold(account.Username));
        if (current?.Id != account.Id)
        {
            return new Answered(replace.Request, Refusals.NotLoggedIn(Operation.ChangePassword)); // deleted meanwhile
        }
        if (current.PasswordHash != account.PasswordHash) { return new AccountFound(replace.Request, current); }
        _commit.Transact(() =>
        {
            _store.SetPasswordHash(account.Id, replace.NewHash);
            _store.RevokeLogins(account.Id);
        });
        foreach (var session in _sessions.Of(account.Id).Where(session => !session.Equals(Sender)))
        {
            Unbind(session);
            Dismiss(session, SessionCloseReason.Revoked);
        }
        return new Answered(replace.Request, new PasswordChanged());
    }

    private Reply Begin(BeginSession begin)
    {
        var account = begin.Account;
        if (FindObstacle(account.Id, begin.Features, begin.Takeover, Operation.LogIn, by: null) is { } refusal)
        {
            return new Answered(begin.Request, refusal);
        }
        // Found before its password was verified; it may have been deleted or have another password since.
        var current = _store.FindAccount(Username.Fold(account.Username));
        if (current?.Id != account.Id) { return new Answered(begin.Request, Refusals.BadCredentials); }
        if (current.PasswordHash != account.PasswordHash) { return new AccountFound(begin.Request, current); }

        LoginId? kept = null;
        if (begin.BetterHash is not null || begin.Token is not null) { _commit.Transact(() => kept = Renew(begin)); }
        return Bind(begin.Request, account, begin.Features, Now(), kept);
    }

    private LoginId? Renew(BeginSession begin)
    {
        if (begin.BetterHash is not null) { _store.SetPasswordHash(begin.Account.Id, begin.BetterHash); }
        if (begin.Token is not { } token) { return null; }
        var now = _time.GetUtcNow();
        _store.DeleteExpiredLogins(now, ExpiredLoginsAtOnce);
        return _store.AddLogin(
            new NewLogin(begin.Account.Id, token.Hash.Selector, token.Hash.ToBytes(), now + token.Expiry,
                begin.Client.UseAt(now)),
            LoginsPerAccount);
    }

    private Reply Use(UseToken use)
    {
        var now = _time.GetUtcNow();
        if (_store.UseToken(use.Token.ToStored(), use.Client.UseAt(now)) is not { } used)
        {
            return new Answered(use.Request, Refusals.InvalidToken);
        }
        if (used.IsReplaced)
        {
            _store.RevokeLogin(used.Account.Id, used.Login);
            _commit.TellWhenDurable(Self, new LoginEnded(used.Account.Id, used.Login));
            Log.ReplacedTokenShown(
                _logger, JsonEncodedText.Encode(used.Account.Username).Value, use.Client.Address);
            return new Answered(use.Request, Refusals.InvalidToken);
        }
        if (!use.Rotates) { return new TokenUsed(use.Request, used, Next: null); }
        var (token, hash) = TokenHash.NewOf(used.Selector);
        _store.OfferToken(used.Login, hash.ToBytes(), now, OfferedTokens);
        return new TokenUsed(use.Request, used, token);
    }

    private Reply Resume(ResumeSession resume)
    {
        var used = resume.Used;
        if (!_store.HasLogin(used.Login)) { return new Answered(resume.Request, Refusals.InvalidToken); }
        return FindObstacle(used.Account.Id, resume.Features, resume.Takeover, Operation.Resume, used) is { } refusal
            ? new Answered(resume.Request, refusal)
            : Bind(resume.Request, used.Account, resume.Features, used.CreatedAt, used.Login);
    }

    private Refused? FindObstacle(
        AccountId account, Features features, bool takeover, Operation operation, UsedToken? by)
    {
        if (features.HasFlag(Features.Side))
        {
            return _sessions.SidesOf(account).Count < Limits.MaxSideSessions ? null : Refusals.Busy(operation);
        }
        return _sessions.TryFind(account, out var own) && (!takeover || IsSheltered(own, by))
            ? Refusals.LoggedInElsewhere(operation, own.Since)
            : null;
    }

    // Who stole a token comes back faster than its owner can change the password, but the owner knows the password.
    private bool IsSheltered(OnlineSession<IActorRef> own, UsedToken? from) =>
        from is not null && from.Login != own.Kept && from.CreatedAt < own.ProvenAt
        && Now() - own.ProvenAt < _options.PasswordShelter;

    // What the session before had not acknowledged is undelivered from here on: its later acks are ignored and its
    // commands refused, whenever they come.
    private SessionBegun Bind(
        long request, Account account, Features features, DateTimeOffset provenAt, LoginId? kept)
    {
        var online = new OnlineSession<IActorRef>(
            account.Id, account.Username, Username.Fold(account.Username), Sender, features)
        {
            Since = Now(),
            ProvenAt = provenAt,
            Kept = kept,
        };
        var liveAfter = new MessageId(online.IsSide ? long.MaxValue : _lastMessageId);
        var undelivered = _store.CountUndelivered(account.Id, _watermarks.Of(account.Id), liveAfter);
        var wasPresent = IsPresent(online);
        if (_sessions.Bind(online) is { } before) { Dismiss(before.Session, SessionCloseReason.TakenOver); }
        AnnounceIfChanged(online, wasPresent);
        Context.Watch(Sender);
        return new SessionBegun(request, account, liveAfter, undelivered) { Kept = kept };
    }

    private Answered End(EndSession end)
    {
        if (end.Revoked is { } login)
        {
            _commit.Transact(() => _store.RevokeLogin(end.Account, login));
        }
        Unbind(Sender);
        return new Answered(end.Request, new LoggedOut());
    }

    private Answered Remove(RemoveAccount remove)
    {
        _commit.Transact(() =>
        {
            _store.DeleteAccount(remove.Account);
            if (_options.HoldDeletedNames > TimeSpan.Zero && _sessions.TryFindBound(Sender, out var leaving))
            {
                _store.HoldName(leaving.NameKey, _time.GetUtcNow() + _options.HoldDeletedNames);
            }
        });
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

    private void EndSessions(LoginEnded ended)
    {
        _commit.Commit();
        foreach (var session in _sessions.Of(ended.Account, ended.Login))
        {
            Unbind(session);
            Dismiss(session, SessionCloseReason.Revoked);
        }
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
        foreach (var watcher in watchers) { watcher.Tell(news, Self); }
    }

    /// <summary>A login was revoked, durably. The actor tells it itself.</summary>
    private sealed record LoginEnded(AccountId Account, LoginId Login);

    private static partial class Log
    {
        [LoggerMessage(3022, LogLevel.Warning,
            "A resume token of \"{Account}\" that had been replaced was shown from {Address}: somebody has copied it, and "
            + "its login is revoked")]
        public static partial void ReplacedTokenShown(ILogger logger, string account, ClientAddress address);
    }
}
