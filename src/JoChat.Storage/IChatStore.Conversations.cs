namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Where counting the unread messages of a conversation stops.</summary>
    const long MaxUnreadCount = 10_000;

    /// <summary>Marks every message that <paramref name="sender"/> sent <paramref name="reader"/>, up to and including
    /// <paramref name="through"/>, as read, whether it is delivered or not. Read messages stay read. Writes one row,
    /// however many messages. Needs a batch.</summary>
    /// <param name="reader">Who read.</param>
    /// <param name="sender">Whose messages.</param>
    /// <param name="through">The newest message that was read.</param>
    /// <param name="limit">Most ids to return, ≥ 1.</param>
    /// <returns>The newest of the messages that were unread before, ascending; empty if nothing changed.</returns>
    IReadOnlyList<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit);
}
