using System.Text.Json;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

// What the operator asks for.
internal sealed partial class PersistenceActor
{
    private void ReceiveOperation()
    {
        HandleRead<ListDetails>(list => new DetailsListed(
            [.. _store.ListDetails(list.AfterKey, list.Limit).Select(Show)]));
        HandleRead<FindDetails>(find => Found(_store.FindDetails(find.NameKey)));
        HandleExclusive<SetDisabled>(set => ChangePassword(
            set.NameKey, hash => DisabledHash.Mark(hash, set.IsDisabled), endsLogins: set.IsDisabled,
            set.IsDisabled ? "disabled" : "enabled"));
        HandleExclusive<ResetPassword>(reset => ChangePassword(
            reset.NameKey, hash => DisabledHash.Mark(reset.NewHash, DisabledHash.IsDisabled(hash)), endsLogins: true,
            "given another password"));
        HandleExclusive<DeleteNamedAccount>(Delete);
        HandleExclusive<PruneMessages>(Prune);
        HandleRead<CountAll>(_ => new Counted(new WriterStatistics(
            _store.Name, _lastMessageId, _sessions.All.Count, _store.MeasureFreeBytes())));
    }

    private DetailsListed ChangePassword(string nameKey, Func<string, string> change, bool endsLogins, string done)
    {
        if (_store.FindAccount(nameKey) is not { } account) { return Found(null); }
        _commit.Transact(() =>
        {
            _store.SetPasswordHash(account.Id, change(account.PasswordHash));
            if (endsLogins) { _store.RevokeLogins(account.Id); }
        });
        if (endsLogins) { EndAll(_sessions.Of(account.Id), SessionCloseReason.Revoked); }
        return Tell(account, done);
    }

    private Reply Delete(DeleteNamedAccount delete)
    {
        if (_store.FindDetails(delete.NameKey) is not { } details) { return Found(null); }
        var (account, toTell) = (details.Account, delete.ToTell);
        if (FindToTell(account.Id, delete.After, ref toTell) is { } after)
        {
            return new PartDone(0, delete with { After = after, ToTell = toTell });
        }
        var shown = Show(details);
        Remove(account.Id, account.Username, toTell);
        Log.OperatorChanged(_logger, JsonEncodedText.Encode(account.Username).Value, "deleted");
        return new DetailsListed([shown]);
    }

    private MessagesPruned Prune(PruneMessages prune)
    {
        var old = _store.FindOld(prune.After, prune.Before);
        if (prune.Deletes && old.Ids.Count > 0)
        {
            _commit.Transact(() => _store.DeleteOld(old.Ids));
            _metrics?.NotePruned(old.Ids.Count);
        }
        return new MessagesPruned(old.Ids.Count, old.Through, old.IsLast);
    }

    private DetailsListed Tell(Account account, string done)
    {
        Log.OperatorChanged(_logger, JsonEncodedText.Encode(account.Username).Value, done);
        return Found(_store.FindDetails(Username.Fold(account.Username)));
    }

    private DetailsListed Found(AccountDetails? details) => new(details is null ? [] : [Show(details)]);

    private OperatedAccount Show(AccountDetails details) => new(
        details.Account.Id.Value, details.Account.Username, details.Key,
        DisabledHash.IsDisabled(details.Account.PasswordHash), details.CreatedAt, details.UsedAt, details.Logins,
        _sessions.Of(details.Account.Id).Length, details.SentBytes);

    private static partial class Log
    {
        [LoggerMessage(3031, LogLevel.Information, "The operator: account \"{Account}\" was {Done}")]
        public static partial void OperatorChanged(ILogger logger, string account, string done);
    }
}
