using System.Text.Json;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

// Who is online: that changes only with no batch open, behind its own commit.
internal sealed partial class PersistenceActor
{
    private const int LoginsPerAccount = 16;
    private const int ExpiredLoginsAtOnce = 100;
    private const int OfferedTokens = 1 + Limits.MaxSideSessions; // of a login: each session may have asked for one

    private void ReceiveSessions()
    {
        HandleWrite<UseToken>(Use);
        HandleExclusive<BeginSession>(Begin);
        HandleExclusive<ResumeSession>(Resume);
        HandleExclusive<RebindSession>(Rebind);
        HandleExclusive<EndSession>(End);
        HandleRead<FindLogins>(ListLogins);
        HandleWrite<EndLogin>(EndKept);
        HandleExclusive<LoginEnded>(EndSessions);
        Receive<ChangeFeatures>(Change);
        Receive<Terminated>(session => Unbind(session.ActorRef));
        Receive<SessionGone>(_ => Unbind(Sender));
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

        if (CountFor(account.Id, begin.Features) is not { } undelivered) { return new PartDone(begin.Request, begin); }

        LoginId? kept = null;
        if (begin.BetterHash is not null || begin.Token is not null) { _commit.Transact(() => kept = Renew(begin)); }
        var stored = begin.BetterHash is { } better ? account with { PasswordHash = better } : account;
        return Bind(begin.Request, stored, begin.Features, undelivered, Now(), kept);
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
            Log.ReplacedTokenShown(
                _logger, JsonEncodedText.Encode(used.Account.Username).Value, use.Client.Address);
            return new PartDone(
                use.Request, new LoginEnded(use.Request, used.Account.Id, used.Login, Refusals.InvalidToken));
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
        if (FindObstacle(used.Account.Id, resume.Features, resume.Takeover, Operation.Resume, used) is { } refusal)
        {
            return new Answered(resume.Request, refusal);
        }
        return CountFor(used.Account.Id, resume.Features) is { } undelivered
            ? Bind(resume.Request, used.Account, resume.Features, undelivered, used.CreatedAt, used.Login)
            : new PartDone(resume.Request, resume);
    }

    private Refused? FindObstacle(
        AccountId account, Features features, bool takeover, Operation operation, UsedToken? by)
    {
        if (features.HasFlag(Features.Side))
        {
            var hasPlace = HasRoomBeside(account) || (by is null && FindPlaceToTake(account) is not null);
            return hasPlace ? null : Refusals.Busy(operation);
        }
        return _sessions.TryFind(account, out var own) && (!takeover || IsSheltered(own, by))
            ? Refusals.LoggedInElsewhere(operation, own.Since)
            : null;
    }

    private bool HasRoomBeside(AccountId account) => _sessions.SidesOf(account).Count < Limits.MaxSideSessions;

    // What was sent while the account was away; null if there are more to count.
    private long? CountFor(AccountId account, Features features) =>
        _store.CountUndelivered(account, _watermarks.Of(account), LiveAfter(features.HasFlag(Features.Side)));

    private MessageId LiveAfter(bool isSide) => new(isSide ? long.MaxValue : _lastMessageId);

    // Who stole a token comes back faster than its owner can change the password, but the owner knows the password.
    private bool IsSheltered(OnlineSession<IActorRef> own, UsedToken? from) =>
        from is not null && from.Login != own.Kept && from.CreatedAt < own.ProvenAt && ShelterLeft(own.ProvenAt) is not null;

    // What the session before had not acknowledged is undelivered from here on: its later acks are ignored and its
    // commands refused, whenever they come.
    private SessionBegun Bind(
        long request, Account account, Features features, long undelivered, DateTimeOffset provenAt, LoginId? kept)
    {
        var online = new OnlineSession<IActorRef>(
            account.Id, account.Username, Username.Fold(account.Username), Sender, features)
        {
            Since = SinceNow(account.Id),
            ProvenAt = provenAt,
            Kept = kept,
        };
        Bind(online, online.IsSide && !HasRoomBeside(account.Id) ? FindPlaceToTake(account.Id) : null);
        return new SessionBegun(request, account, LiveAfter(online.IsSide), undelivered)
        {
            Kept = kept,
            ProvenAt = provenAt,
            Since = online.Since,
        };
    }

    private void Bind(OnlineSession<IActorRef> online, OnlineSession<IActorRef>? inPlaceOf)
    {
        var wasPresent = IsPresent(online);
        if (inPlaceOf is not null)
        {
            _sessions.Unbind(inPlaceOf.Session);
            Dismiss(inPlaceOf.Session, SessionCloseReason.TakenOver);
        }
        if (_sessions.Bind(online) is { } before) { Dismiss(before.Session, SessionCloseReason.TakenOver); }
        AnnounceIfChanged(online, wasPresent);
        if (Sender is not IRemoteSession) { Context.Watch(Sender); }
    }

    // Later than any session it has: by that a writer that comes after knows who has taken over from whom, whatever
    // the clocks say.
    private DateTimeOffset SinceNow(AccountId account)
    {
        var since = Now();
        if (_sessions.TryFind(account, out var own)) { since = LaterThan(own, since); }
        foreach (var side in _sessions.SidesOf(account)) { since = LaterThan(side, since); }
        return since;
    }

    private static DateTimeOffset LaterThan(OnlineSession<IActorRef> session, DateTimeOffset time) =>
        time > session.Since ? time : session.Since.AddMilliseconds(1);

    // A stolen token could take every place beside the account's session and keep its owner out: of the login that has
    // most of them, the newest ends for who gives the password. A login that has one keeps it.
    private OnlineSession<IActorRef>? FindPlaceToTake(AccountId account)
    {
        var most = _sessions.SidesOf(account).Where(side => side.Kept is not null).GroupBy(side => side.Kept)
            .MaxBy(sides => sides.Count());
        // Of those that came in the same millisecond, the last.
        return most?.Count() > 1 ? most.OrderBy(side => side.Since).Last() : null;
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

    private Answered ListLogins(FindLogins find) => new(find.Request, new LoginsListed(
    [
        .. _store.ListLogins(find.Account, _time.GetUtcNow(), LoginsPerAccount).Select(login => new ListedLogin(
            login.Id.Value, login.Client ?? "", login.Address ?? "", login.CreatedAt, login.UsedAt,
            login.Id == find.Own, _sessions.Of(find.Account, login.Id).Length > 0)),
    ]));

    private Reply EndKept(EndLogin end)
    {
        _sessions.TryFindBound(Sender, out var online); // it is bound, or it was refused before
        var isOwn = online!.Kept == end.Login;
        if (!isOwn && FindShelter(end.Account, end.Login, from: online.ProvenAt) is { } wait)
        {
            return new Answered(end.Request, Refusals.LoginIsSheltered(wait));
        }
        if (!_store.RevokeLogin(end.Account, end.Login)) { return new Answered(end.Request, Refusals.NoSuchLogin); }
        return new PartDone(
            end.Request, new LoginEnded(end.Request, end.Account, end.Login, new LoginRevoked(isOwn)));
    }

    // For how long a login is still protected from sessions whose password was given earlier; null if it is not.
    private TimeSpan? FindShelter(AccountId account, LoginId login, DateTimeOffset from)
    {
        var logins = _store.ListLogins(account, _time.GetUtcNow(), LoginsPerAccount);
        if (logins.FirstOrDefault(one => one.Id == login) is not { } sheltered || from >= sheltered.CreatedAt)
        {
            return null;
        }
        return ShelterLeft(sheltered.CreatedAt);
    }

    private TimeSpan? ShelterLeft(DateTimeOffset provenAt)
    {
        var left = provenAt + _options.Value.PasswordShelter - Now();
        return left > TimeSpan.Zero && left <= _options.Value.PasswordShelter ? left : null; // the clock may have been set back
    }

    private Answered EndSessions(LoginEnded ended)
    {
        EndAll(_sessions.Of(ended.Account, ended.Login), SessionCloseReason.Revoked);
        return new Answered(ended.Request, ended.Answer);
    }

    // Who asked for it is answered instead.
    private void EndAll(IEnumerable<IActorRef> sessions, SessionCloseReason reason)
    {
        foreach (var session in sessions)
        {
            Unbind(session);
            if (!session.Equals(Sender)) { Dismiss(session, reason); }
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
        foreach (var watcher in watchers)
        {
            if (!IsKeptFrom(who.Account, watcher)) { watcher.Tell(news, Self); }
        }
    }

    /// <summary>A login was revoked, durably: end its sessions, then answer. The actor tells it itself.</summary>
    private sealed record LoginEnded(long Request, AccountId Account, LoginId Login, Response Answer)
        : Command(Request);

    private static partial class Log
    {
        [LoggerMessage(3022, LogLevel.Warning,
            "A resume token of \"{Account}\" that had been replaced was shown from {Address}: somebody has copied it, and "
            + "its login is revoked")]
        public static partial void ReplacedTokenShown(ILogger logger, string account, ClientAddress address);
    }
}
