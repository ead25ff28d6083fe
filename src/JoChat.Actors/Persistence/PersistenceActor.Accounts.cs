using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Accounts: made, found, given another password, deleted.
internal sealed partial class PersistenceActor
{
    private const int MaxOfSameSkeleton = 100; // most of so many would look alike
    private const int ContactsAtOnce = 1000; // a millisecond or two

    private void ReceiveAccounts()
    {
        HandleWrite<CreateAccount>(AddAccount);
        HandleRead<FindAccount>(Find);
        HandleExclusive<ReplacePassword>(Replace);
        HandleExclusive<RemoveAccount>(Remove);
        HandleExclusive<ResetStore>(Reset);
    }

    private Answered AddAccount(CreateAccount create)
    {
        if (_freeSpace.IsReached) { return new Answered(create.Request, Refusals.StorageFull(Operation.SignUp)); }
        if (_store.IsHeld(create.Name.Key, _time.GetUtcNow()))
        {
            return new Answered(create.Request, Refusals.UsernameTaken);
        }
        if (_store.FindAccount(create.Name.Key) is null && LooksLikeAnother(create.Name.Text))
        {
            return new Answered(create.Request, Refusals.LookAlike);
        }
        var id = _store.AddAccount(create.Name.Text, create.Name.Key, create.PasswordHash, _time.GetUtcNow());
        return new Answered(create.Request, id is null ? Refusals.UsernameTaken : new SignedUp());
    }

    private bool LooksLikeAnother(string name)
    {
        var others = _store.FindSameSkeleton(name, _time.GetUtcNow(), MaxOfSameSkeleton);
        return others.Count == MaxOfSameSkeleton || others.Any(other => Skeleton.AreAlike(name, other));
    }

    // The same look-ups for a name that does not exist.
    private AccountFound Find(FindAccount find)
    {
        var account = _store.FindAccount(find.NameKey);
        var isUsual = find.From != default && _store.HasLoginFrom(account?.Id ?? default, find.From.ToString());
        return new AccountFound(find.Request, account, isUsual);
    }

    private Reply Replace(ReplacePassword replace)
    {
        var account = replace.Account;
        var current = _store.FindAccount(Username.Fold(account.Username));
        if (current?.Id != account.Id || DisabledHash.IsDisabled(current.PasswordHash))
        {
            return new Answered(replace.Request, Refusals.NotLoggedIn(Operation.ChangePassword)); // since it was asked
        }
        if (current.PasswordHash != account.PasswordHash) { return new AccountFound(replace.Request, current); }
        _commit.Transact(() =>
        {
            _store.SetPasswordHash(account.Id, replace.NewHash);
            _store.RevokeLogins(account.Id);
        });
        EndAll(_sessions.Of(account.Id).Where(session => !session.Equals(Sender)), SessionCloseReason.Revoked);
        return new Answered(replace.Request, new PasswordChanged());
    }

    // Who is there to be told is found before, some at a time: then nothing is left by which to find them.
    private Reply Remove(RemoveAccount remove)
    {
        var toTell = remove.ToTell;
        if (FindToTell(remove.Account, remove.After, ref toTell) is { } after)
        {
            return new PartDone(remove.Request, remove with { After = after, ToTell = toTell });
        }
        _sessions.TryFindBound(Sender, out var leaving); // it is bound, or it was refused before
        Remove(remove.Account, leaving!.Username, toTell);
        return new Answered(remove.Request, new AccountDeleted());
    }

    // Adds some of those who are to be told. Returns behind whom there may be more; null if there are none.
    private AccountId? FindToTell(AccountId account, AccountId after, ref ImmutableList<AccountId> toTell)
    {
        var contacts = _store.FindContactsOf(account, after, ContactsAtOnce);
        toTell = toTell.AddRange(
            contacts.Where(contact => contact != account && _sessions.IsWanted(Features.Presence, contact)));
        return contacts.Count == ContactsAtOnce ? contacts[^1] : null;
    }

    private void Remove(AccountId account, string username, ImmutableList<AccountId> toTell)
    {
        _commit.Transact(() =>
        {
            _store.DeleteAccount(account);
            if (_options.Value.HoldDeletedNames > TimeSpan.Zero)
            {
                _store.HoldName(username, Username.Fold(username), _time.GetUtcNow() + _options.Value.HoldDeletedNames);
            }
        });
        _accounts.Clear();
        RemoveRemainsSoon();
        EndAll(_sessions.Of(account), SessionCloseReason.AccountDeleted);
        var news = new DeliverEvent(new AccountGone(username));
        foreach (var session in toTell.SelectMany(contact => _sessions.Wanting(Features.Presence, contact)))
        {
            session.Tell(news, Self);
        }
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
}
