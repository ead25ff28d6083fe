using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Sessions that had their accounts at a writer before, or by a link that is broken, have them again.
internal sealed partial class PersistenceActor
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    private Reply Rebind(RebindSession rebind)
    {
        var login = rebind.Login;
        // The same session, if the link by which it was bound is broken and this end does not know it yet.
        var itself = _sessions.FindBoundSince(login.Id, login.Since);
        var nameKey = Username.Fold(login.Username);
        if (FindEnd(login, nameKey, rebind.Features, itself) is { } reason)
        {
            return new RebindRefused(rebind.Request, reason);
        }
        var online = new OnlineSession<IActorRef>(login.Id, login.Username, nameKey, Sender, rebind.Features)
        {
            Since = login.Since,
            IsRebound = true,
            ProvenAt = login.ProvenAt,
            Kept = login.Kept,
            // What a side session had delivered meanwhile, or at the writer before, is pushed still.
            DeliveredBeside = rebind.DeliveredThrough,
        };
        var newest = online.IsSide && online.Wants(Features.Push) ? FindNewest(login.Id) : null;
        Bind(online, itself);
        if (rebind.DeliveredThrough is { } through) // the writer before may not have written it
        {
            _watermarks.Raise(login.Id, through);
            WriteWatermarksLater();
        }
        return new SessionRebound(rebind.Request, newest);
    }

    // Why a session cannot have its account again; null if it can.
    private SessionCloseReason? FindEnd(
        SessionLogin login, string nameKey, Features features, OnlineSession<IActorRef>? itself)
    {
        var account = _store.FindAccount(nameKey);
        if (account?.Id != login.Id) { return SessionCloseReason.AccountDeleted; }
        var isRevoked = SessionLogin.MarkOf(account.PasswordHash) != login.PasswordMark
            || (login.Kept is { } kept && !_store.HasLogin(kept));
        if (isRevoked) { return SessionCloseReason.Revoked; }
        if (itself is not null) { return null; }
        var isTaken = features.HasFlag(Features.Side)
            ? !HasRoomBeside(login.Id)
            // Who has logged in here has taken it over. Of two that come from a writer before, one had taken over from
            // the other there, which was not told.
            : _sessions.TryFind(login.Id, out var own) && (!own.IsRebound || own.Since > login.Since);
        return isTaken ? SessionCloseReason.TakenOver : null;
    }

    private MessageId? FindNewest(AccountId account)
    {
        var newest = _store.ReadDelivered(
            account, liveAfter: default, BehindAll, limit: 1, new ByteBudget(Limits.MaxListedBytes));
        return newest.Count > 0 ? newest[0].Id : null;
    }
}
