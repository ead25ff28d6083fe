namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Where counting the unread messages of a conversation stops.</summary>
    const long MaxUnreadCount = 10_000;

    /// <summary>The newest messages that two accounts sent each other, ascending.</summary>
    /// <param name="account">One of the two.</param>
    /// <param name="other">The other; the same account for messages to oneself.</param>
    /// <param name="before">Only ids below this one.</param>
    /// <param name="limit">Most messages, ≥ 0.</param>
    /// <param name="maxBytes">Leave out the oldest so that the list stays within this size, reckoned as in
    /// <see cref="ReadWaiting"/>. The newest message always comes.</param>
    IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes);

    /// <summary>The conversations of an account, the one with the newest message first. One whose messages are all
    /// deleted is left out. Costs a little for each account it ever talked with.</summary>
    /// <param name="account">Whose conversations.</param>
    /// <param name="before">Only conversations whose last message has an id below this one: the last message of the
    /// last conversation that was listed begins the next page.</param>
    /// <param name="limit">Most conversations, ≥ 0.</param>
    /// <param name="maxBytes">Stop before the list passes this size, reckoned from the last messages as in
    /// <see cref="ReadWaiting"/>. The first conversation always comes.</param>
    IReadOnlyList<StoredConversation> ListConversations(
        AccountId account, MessageId before, int limit, int maxBytes);

    /// <summary>Marks every message that <paramref name="sender"/> sent <paramref name="reader"/>, up to and including
    /// <paramref name="through"/>, as read, whether it was received or not. The mark only rises. One row, however many
    /// messages. Needs a batch.</summary>
    /// <param name="reader">Who read.</param>
    /// <param name="sender">Whose messages.</param>
    /// <param name="through">The newest message that was read.</param>
    /// <param name="limit">Most ids to return, ≥ 1.</param>
    /// <returns>The messages that had not been read before, ascending, and of many the newest; empty if nothing
    /// changed.</returns>
    IReadOnlyList<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit);
}
