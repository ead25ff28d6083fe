using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Who is online changes on committed ground only: these run with no batch open, and change it after their own commit.
internal sealed partial class PersistenceActor
{
    private object Begin(BeginSession begin)
    {
        var account = begin.Account;
        if (_online.TryGetSession(account.Id, out _)) { return Refusals.AlreadyLoggedIn; }
        // The account was looked up before its password was verified; it may have been deleted since.
        if (_store.FindAccount(Username.Fold(account.Username))?.Id != account.Id) { return Refusals.BadCredentials; }

        if (begin.BetterHash is not null) { Durably(() => _store.SetPasswordHash(account.Id, begin.BetterHash)); }
        var liveAfter = new MessageId(_lastMessageId);
        var begun = new SessionBegun(account, liveAfter, _store.CountWaiting(account.Id, liveAfter));
        _online.Bind(account.Id, Sender);
        Context.Watch(Sender);
        return begun;
    }

    private LoggedOut End(EndSession end)
    {
        Unbind(Sender);
        return new LoggedOut();
    }

    private AccountDeleted Remove(RemoveAccount remove)
    {
        Durably(() => _store.DeleteAccount(remove.Account));
        Unbind(Sender);
        return new AccountDeleted();
    }

    private DatabaseReset Reset(ResetStore reset)
    {
        Durably(_store.Reset);
        foreach (var session in _online.All)
        {
            Context.Unwatch(session);
            session.Tell(SessionRevoked.Instance);
        }
        _online.Clear();
        return new DatabaseReset();
    }

    private void Unbind(IActorRef session)
    {
        Context.Unwatch(session);
        _online.Unbind(session);
    }

    private void Durably(Action write)
    {
        try
        {
            _store.Begin();
            write();
            _store.Commit();
        }
        catch (StorageException)
        {
            _store.Rollback();
            throw;
        }
    }
}
