namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Where counting the unread messages of a conversation stops.</summary>
    const long MaxUnreadCount = 10_000;

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
