using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>The accounts found by name lately, so that a send does not ask the database for its recipient. It holds
/// none that is not there: whoever deletes accounts, or undoes a batch, clears it.</summary>
internal sealed class AccountCache(IChatStore store)
{
    private const int MaxAccounts = 16_384;
    private readonly Dictionary<string, AccountName> _byName = new(StringComparer.Ordinal);

    public AccountName? Find(string nameKey)
    {
        if (_byName.TryGetValue(nameKey, out var known)) { return known; }
        if (store.FindAccount(nameKey) is not { } found) { return null; }
        if (_byName.Count == MaxAccounts) { Clear(); }
        var account = new AccountName(found.Id, found.Username);
        _byName.Add(nameKey, account);
        return account;
    }

    public void Clear() => _byName.Clear();
}
