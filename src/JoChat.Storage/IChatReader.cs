namespace JoChat.Storage;

/// <summary>Reads a store beside its writer: neither waits for the other. Calls block; no two calls at a
/// time.</summary>
/// <remarks>
/// <para>Each call reads one snapshot: all that was committed before the call, and nothing that is not durable. What is
/// committed meanwhile it does not see.</para>
/// <para>Every call may throw <see cref="StorageException"/>, which spoils nothing.</para>
/// </remarks>
public interface IChatReader : IDisposable
{
    /// <inheritdoc cref="IChatStore.FindAccount"/>
    Account? FindAccount(string usernameKey);

    /// <summary>One page of the accounts whose name matches, ordered by name without regard to case.</summary>
    /// <param name="keyPattern">A pattern for the name's key: <c>%</c> any text, <c>_</c> one character, <c>\</c> takes
    /// the next character literally.</param>
    /// <param name="start">How many matches to pass over, ≥ 0.</param>
    /// <param name="count">Most matches to return, ≥ 0.</param>
    IReadOnlyList<AccountName> ListAccounts(string keyPattern, long start, int count);

    /// <summary>The newest messages that two accounts sent each other, ascending.</summary>
    /// <param name="account">One of the two.</param>
    /// <param name="other">The other; the same account for messages to oneself.</param>
    /// <param name="before">Only ids below this one.</param>
    /// <param name="limit">Most messages, ≥ 0.</param>
    /// <param name="maxBytes">Leave out the oldest so that the list stays within this size, reckoned as in
    /// <see cref="IChatStore.ReadUndelivered"/>. The newest message always comes.</param>
    IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes);

    /// <summary>The conversations of an account, the one with the newest message first. One whose messages are all
    /// deleted is left out.</summary>
    /// <param name="account">Whose conversations.</param>
    /// <param name="before">Only conversations whose last message has an id below this one: the last message of the
    /// last conversation that was listed begins the next page.</param>
    /// <param name="limit">Most conversations, ≥ 0.</param>
    /// <param name="maxBytes">Stop before the list passes this size, reckoned from the last messages as in
    /// <see cref="IChatStore.ReadUndelivered"/>. The first conversation always comes.</param>
    IReadOnlyList<StoredConversation> ListConversations(
        AccountId account, MessageId before, int limit, int maxBytes);
}
