namespace JoChat.Storage;

// What only an operator asks for.
public partial interface IChatStore
{
    /// <summary>Accounts in the order of their name keys. Some hundred take a millisecond or two.</summary>
    /// <param name="afterKey">Only keys behind this one; empty for all.</param>
    /// <param name="limit">Most accounts, ≥ 0.</param>
    IReadOnlyList<AccountDetails> ListDetails(string afterKey, int limit);

    /// <summary>One account; null if there is none.</summary>
    AccountDetails? FindDetails(string usernameKey);
}

/// <summary>What an operator sees of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Key">Its name key.</param>
/// <param name="CreatedAt">When it was made, in UTC.</param>
/// <param name="SentBytes">How many bytes of messages it has stored, about: see <see cref="IChatStore.CountSentBytes"/>.
/// </param>
/// <param name="Logins">How many logins are kept.</param>
/// <param name="UsedAt">When one of these was used last, in UTC; null if there is none.</param>
public sealed record AccountDetails(
    Account Account, string Key, DateTimeOffset CreatedAt, long SentBytes, int Logins, DateTimeOffset? UsedAt);
