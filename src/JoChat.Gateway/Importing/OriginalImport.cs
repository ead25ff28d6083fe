using System.Text;
using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>Imports a database of the original JoChat into a new one, account for account and message for message.</summary>
/// <param name="original">What is imported; it is only read.</param>
/// <param name="target">Where to; it appears there when it is whole.</param>
/// <param name="passwords">How much work the hash of a password is.</param>
/// <param name="progress">Hears how far it has come.</param>
internal sealed class OriginalImport(
    OriginalDatabase original, ImportedDatabase target, PasswordOptions passwords, IMoveProgress progress)
{
    private const int MessagesPerReport = 10_000;

    private List<PlannedAccount> _accounts = [];
    private long _lastAccount;

    /// <summary>All accounts, once their names are planned.</summary>
    public IReadOnlyList<PlannedAccount> Accounts => _accounts;

    /// <summary>Decides who keeps the name they have, and gives the others those that were chosen.</summary>
    /// <param name="renames">The file that names some anew; null if there is none.</param>
    /// <param name="faults">Gets what is wrong with it.</param>
    /// <returns>The names that are taken then. Accounts without one need another.</returns>
    public TakenNames PlanNames(string? renames, List<string> faults)
    {
        _lastAccount = original.ReadLastAccountId();
        _accounts = PlannedAccount.Number(original.ReadAccounts(), ref _lastAccount);
        List<Rename> chosen = renames is null ? [] : RenameFile.Read(renames, _accounts, faults);
        foreach (var rename in chosen) { rename.Account.IsRenamed = true; }
        var taken = new TakenNames();
        foreach (var account in _accounts.Where(account => !account.IsRenamed)) { taken.TryKeep(account); }
        foreach (var rename in chosen)
        {
            rename.Account.WhyNot = taken.FindWhyNot(rename.Account, out _);
            if (taken.IsFree(rename.NewName, out var name, out var fault)) { taken.Give(rename.Account, name); }
            else { faults.Add($"{rename.Place}: {ImportJson.Quote(rename.NewName)} cannot be used. {fault}"); }
        }
        return taken;
    }

    /// <summary>Imports everything. Every account has a name.</summary>
    public void Run(ImportReport report)
    {
        report.Begin(original.Path, target.Path, original.LastWritten);
        foreach (var other in original.FindOthers()) { report.Ignored(other); }
        AddAccounts(report);
        var messages = new MessageImport(ByOriginalName(), target, report, original.LastWritten)
        {
            Last = new MessageId(original.ReadLastMessageId()),
        };
        var read = 0L;
        foreach (var message in original.ReadMessages())
        {
            messages.Add(message);
            if (++read % MessagesPerReport == 0) { progress.Report("messages", "read", read); }
        }
        target.Finish(new AccountId(_lastAccount), messages.Last);
    }

    private void AddAccounts(ImportReport report)
    {
        Secret[] secrets = [.. _accounts.Select(SecretOf)];
        var hashed = FormattableString.Invariant($"of {secrets.Length} hashed");
        var hashes = PasswordHashes.Make(secrets, passwords, done => progress.Report("passwords", hashed, done));
        foreach (var (account, hash) in _accounts.Zip(hashes).OrderBy(pair => pair.First.Id.Value))
        {
            var name = account.Name!; // by now each has one
            if (account.Original.Name.Identity != Identity(name.Text))
            {
                account.Note(account.HasNewName
                    ? $"The account has a new name. {account.WhyNot ?? "It could have kept the old one."}"
                    : "The name is kept, in Unicode normalisation form C; log-ins with the old form work.");
            }
            target.AddAccount(new ImportedAccount(account.Id, name.Text, name.Key, hash), original.LastWritten);
            if (account.Notes.Count > 0) { report.Account(account); }
        }
    }

    // What nobody could log in with before is not made a password by this.
    private static Secret SecretOf(PlannedAccount account)
    {
        var password = account.Original.Password;
        var fault = password.Bytes.IsEmpty ? "It had no password"
            : !password.IsText ? "Its password was not valid UTF-8"
            : password.Bytes.Length > Limits.MaxPasswordBytes ? "Its password is longer than clients may send"
            : null;
        if (fault is null) { return new Secret(password.Text); }
        account.Note($"{fault}: nobody can log in.");
        account.IsLocked = true;
        return new Secret(Guid.NewGuid().ToString());
    }

    // If several have a name, the original found the first of them.
    private Dictionary<string, PlannedAccount> ByOriginalName()
    {
        var accounts = new Dictionary<string, PlannedAccount>(StringComparer.Ordinal);
        foreach (var account in _accounts.Where(account => !account.Original.Name.IsNull))
        {
            accounts.TryAdd(account.Original.Name.Identity, account);
        }
        return accounts;
    }

    private static string Identity(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
