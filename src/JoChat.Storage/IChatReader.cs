namespace JoChat.Storage;

/// <summary>Reads a store concurrently with its writer; neither waits for the other. Calls block and must not
/// overlap.</summary>
/// <remarks>
/// <para>Each call reads one snapshot: everything that was committed before the call, and nothing that is not durable.
/// </para>
/// <para>Every call may throw <see cref="StorageException"/>; later calls are not affected.</para>
/// </remarks>
public interface IChatReader : IDisposable
{
    /// <inheritdoc cref="IChatStore.FindAccount"/>
    Account? FindAccount(string usernameKey);

    /// <summary>The next part of a list of accounts.</summary>
    ListPart<AccountName, AccountListing> ListAccounts(AccountListing listing);

    /// <summary>How many contacts are found, those of the newest conversations.</summary>
    const int MaxContacts = 500;

    /// <summary>The same of <see cref="MaxContacts"/> with whom an account has a conversation, and of one account whose
    /// name it knows.</summary>
    /// <param name="account">Whose conversations.</param>
    /// <param name="keyPattern">As for <see cref="ListAccounts"/>.</param>
    /// <param name="nameKey">The name key of the one; if there is none, empty.</param>
    /// <param name="start">How many matches to skip, ≥ 0.</param>
    /// <param name="count">Most matches to return, ≥ 0.</param>
    IReadOnlyList<AccountName> ListContacts(
        AccountId account, string keyPattern, string nameKey, long start, int count);

    /// <summary>The newest messages of a conversation, ascending.</summary>
    /// <param name="account">One of the two.</param>
    /// <param name="other">The other; the same account for messages to oneself.</param>
    /// <param name="before">Only ids below this one.</param>
    /// <param name="limit">Most messages, ≥ 0.</param>
    /// <param name="maxBytes">Leave out the oldest so that the list stays within this size, measured as in
    /// <see cref="IChatStore.ReadUndelivered"/>. The newest message is always returned.</param>
    IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes);

    /// <summary>A page of what an account was sent, ascending.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="page">Which of them.</param>
    /// <param name="maxBytes">Leave out those at the far end of the page so that the list stays within this size,
    /// measured as in <see cref="IChatStore.ReadUndelivered"/>. The first one wanted is always returned.</param>
    IReadOnlyList<ReceivedMessage> ReadInbox(AccountId recipient, InboxPage page, int maxBytes);

    /// <summary>The next part of a list of conversations.</summary>
    ListPart<StoredConversation, ConversationListing> ListConversations(ConversationListing listing);

    /// <summary>Whom an account blocks, by ascending id.</summary>
    /// <param name="account">Who blocks.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="limit">Most accounts, ≥ 0.</param>
    IReadOnlyList<AccountName> ListBlocked(AccountId account, AccountId after, int limit);
}
