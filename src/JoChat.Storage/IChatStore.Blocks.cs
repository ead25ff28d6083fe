namespace JoChat.Storage;

public partial interface IChatStore
{
    /// <summary>Whether an account blocks another. Who blocks nobody is found so without a look at the disk.</summary>
    /// <param name="account">Who may block.</param>
    /// <param name="other">Who may be blocked.</param>
    bool IsBlocked(AccountId account, AccountId other);

    /// <summary>Has an account block another, also one that it blocks already. From then on, the other sees the messages
    /// that it sent the account in the state that they have now. Needs a batch.</summary>
    /// <param name="account">Who blocks.</param>
    /// <param name="other">Who is blocked. Must exist.</param>
    /// <param name="most">How many an account may block.</param>
    /// <returns>False if it blocks so many already; then nothing was changed.</returns>
    bool Block(AccountId account, AccountId other, int most);

    /// <summary>Ends a block, if there is one. What was withheld stays so. Needs a batch.</summary>
    void Unblock(AccountId account, AccountId other);

    /// <summary>Deletes some of the messages that <paramref name="sender"/> sent <paramref name="recipient"/>, and of what
    /// was withheld, the oldest first; their client ids stay used. Needs a batch.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="sender">From whom.</param>
    /// <param name="through">Only ids up to and including this one.</param>
    /// <param name="limit">Most messages, ≥ 1. Fewer if they are long.</param>
    DeletedSlice DeleteFrom(AccountId recipient, AccountId sender, MessageId through, int limit);
}
