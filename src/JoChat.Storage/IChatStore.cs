namespace JoChat.Storage;

/// <summary>The accounts and messages of one chat service, on disk. Calls block and must not overlap: one writer owns
/// the store.</summary>
/// <remarks>
/// <para>Writes belong to a batch: <see cref="Begin"/>, any number of calls, then <see cref="Commit"/>, which returns
/// only when all of it is synced to disk, or <see cref="Rollback"/>. Reads see the batch that is open. A call that
/// throws <see cref="StorageException"/> spoils the open batch: its further writes and its commit throw too, and
/// nothing of it is stored.</para>
/// <para>A message is <em>delivered</em> if its recipient's watermark (<see cref="AdvanceWatermark"/>) has reached its
/// id or if it was marked by itself (<see cref="MarkDeliveredAfter"/>); all others are undelivered.</para>
/// <para>Every call may throw <see cref="StorageException"/>.</para>
/// </remarks>
public partial interface IChatStore : IDisposable
{
    /// <summary>What a message in a list counts in bytes in addition to its content, so that an empty one is not
    /// free.</summary>
    const int BytesBesideContent = 100;

    /// <summary>Where counting an account's undelivered messages stops: above what original clients can be told, and
    /// some milliseconds of the writer's time.</summary>
    const long MaxUndeliveredCount = 100_000;

    /// <summary>Where counting the unread messages of a conversation stops.</summary>
    const long MaxUnreadCount = 10_000;

    /// <summary>So many characters of a password hash say how it was made.</summary>
    const int HashKindLength = 12;

    /// <summary>Where it is, as an operator calls it; without a password.</summary>
    string Name { get; }

    /// <summary>The highest id that was ever given to <see cref="AddMessage"/>; 0 if none was. Neither a deletion nor
    /// <see cref="Reset"/> lowers it, so no id is given twice.</summary>
    MessageId LastMessageId { get; }

    /// <summary>Gives a number that is higher than all it gave before, in this process and others.</summary>
    long RaiseEpoch();

    /// <summary>Opens a concurrent reader. The caller disposes of it, before the store.</summary>
    IChatReader OpenReader();

    /// <summary>Begins a batch. There must be none open.</summary>
    void Begin();

    /// <summary>Makes the open batch durable. If it throws <see cref="StorageException"/>, nothing of the batch is stored
    /// and the batch is closed.</summary>
    /// <returns>Of those messages that were not added, because their sender had used the client id before, what was first
    /// stored under it; by the id that the message was to have.</returns>
    /// <exception cref="StoreLostException">See <see cref="EnsureInPlace"/>. What was stored may be found or not.
    /// </exception>
    IReadOnlyDictionary<MessageId, FirstSend> Commit();

    /// <summary>Checks that what is stored will be found by the store's name, and that nobody else writes there.</summary>
    /// <exception cref="StoreLostException">It will not, or somebody does. This does not pass.</exception>
    void EnsureInPlace();

    /// <summary>Rolls the open batch back; does nothing if there is none. Never throws.</summary>
    void Rollback();

    /// <summary>Finds an account by its name key.</summary>
    /// <param name="usernameKey">The name key.</param>
    /// <returns>The account, or null if there is none.</returns>
    Account? FindAccount(string usernameKey);

    /// <summary>The names of accounts and the held names that have the skeleton of this one, as they are shown: those
    /// that look like it are among them.</summary>
    /// <param name="username">The name as it is shown.</param>
    /// <param name="now">Names that are held until this time or before are not found.</param>
    /// <param name="limit">Most names to return, ≥ 0.</param>
    IReadOnlyList<string> FindSameSkeleton(string username, DateTimeOffset now, int limit);

    /// <summary>How the passwords of the accounts are hashed: the different beginnings of their hashes.</summary>
    /// <returns>Each <see cref="HashKindLength"/> characters, or as many as a hash has; a hundred at most.</returns>
    IReadOnlyList<string> FindHashKinds();

    /// <summary>Adds an account. Needs a batch.</summary>
    /// <param name="username">The name as it is shown.</param>
    /// <param name="usernameKey">The name key; unique.</param>
    /// <param name="passwordHash">The slow salted hash of the password.</param>
    /// <param name="createdAt">Now.</param>
    /// <returns>The new account's id, or null if the key is taken.</returns>
    AccountId? AddAccount(string username, string usernameKey, string passwordHash, DateTimeOffset createdAt);

    /// <summary>Replaces an account's password hash. Needs a batch; does nothing if the account is gone.</summary>
    void SetPasswordHash(AccountId account, string passwordHash);

    /// <summary>Deletes an account: its name is free and its resume tokens are revoked. Every message it sent or
    /// received, its conversations on both sides and its client ids are deleted too: some hundred at once, the others by
    /// <see cref="RemoveRemains"/>. Needs a batch; does nothing if it is gone.</summary>
    void DeleteAccount(AccountId account);

    /// <summary>Whether something is left of accounts that were deleted.</summary>
    bool HasRemains { get; }

    /// <summary>Removes some more of what is left of deleted accounts, for a millisecond or two. Needs a batch.
    /// </summary>
    void RemoveRemains();

    /// <summary>Those who have a conversation with an account in their list, by ascending id. Itself may be among them.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="limit">Most ids, ≥ 0; some 1,000 take a millisecond or two.</param>
    IReadOnlyList<AccountId> FindContactsOf(AccountId account, AccountId after, int limit);

    /// <summary>Whether there is a message that one of two accounts has sent the other.</summary>
    bool HasConversation(AccountId account, AccountId other);

    /// <summary>Adds a message, undelivered and unread. It is idempotent under the client id: if the sender has used it
    /// before, nothing is added, and <see cref="Commit"/> says so. Needs a batch.</summary>
    /// <param name="message">Its id must be above <see cref="LastMessageId"/>, which it becomes; its accounts must exist.
    /// If it is withheld, its sender alone will see it.</param>
    void AddMessage(in NewMessage message);

    /// <summary>Looks at some more of the client ids, all in turn, for those that were first used before a time.</summary>
    /// <returns>Whether there are any among these.</returns>
    bool HasExpiredClientIds(DateTimeOffset before);

    /// <summary>Forgets those client ids that <see cref="HasExpiredClientIds"/> has found last. Needs a batch.</summary>
    /// <returns>How many were forgotten.</returns>
    int DeleteExpiredClientIds(DateTimeOffset before);

    /// <summary>How many messages for <paramref name="recipient"/> are undelivered, counted up to
    /// <see cref="MaxUndeliveredCount"/>. Many are counted in several calls, a millisecond or two each.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one; 0 for all. By giving a pending watermark here, a caller lays it
    /// over the stored one.</param>
    /// <param name="through">Only ids up to and including this one.</param>
    /// <returns>Null if there are more to count: the next call goes on.</returns>
    long? CountUndelivered(AccountId recipient, MessageId after, MessageId through);

    /// <summary>The oldest undelivered messages for <paramref name="recipient"/>, ascending.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="through">Only ids up to and including this one.</param>
    /// <param name="limit">Most messages, ≥ 0.</param>
    /// <param name="maxBytes">Stop before the list exceeds this size, measured by a <see cref="ByteBudget"/>. The first
    /// message is always returned.</param>
    IReadOnlyList<StoredMessage> ReadUndelivered(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes);

    /// <summary>The same as <see cref="ReadUndelivered"/>, but without regard to the watermark: also those that it has
    /// passed, only not those that were marked one by one.</summary>
    IReadOnlyList<StoredMessage> ReadUnmarked(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes);

    /// <summary>The newest messages that were delivered to <paramref name="recipient"/>, or that have an id above
    /// <paramref name="liveAfter"/>, ascending.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="liveAfter">Messages above this id count as delivered.</param>
    /// <param name="before">Only ids below this one.</param>
    /// <param name="limit">Most messages, ≥ 0.</param>
    /// <param name="budget">Leave out the oldest so that the list stays within this.</param>
    IReadOnlyList<StoredMessage> ReadDelivered(
        AccountId recipient, MessageId liveAfter, MessageId before, int limit, ByteBudget budget);

    /// <summary>Advances the watermark of <paramref name="recipient"/>: every message with an id up to and including
    /// <paramref name="through"/> is delivered. It only rises. Writes one row, however many messages. Needs a
    /// batch.</summary>
    void AdvanceWatermark(AccountId recipient, MessageId through);

    /// <summary>Marks every message for <paramref name="recipient"/> with an id above <paramref name="after"/>, up to and
    /// including <paramref name="through"/>, as delivered, one by one: older ones stay undelivered. Needs a batch.
    /// </summary>
    void MarkDeliveredAfter(AccountId recipient, MessageId after, MessageId through);

    /// <summary>Marks every message that <paramref name="sender"/> sent <paramref name="reader"/>, up to and including
    /// <paramref name="through"/>, as read, whether it is delivered or not. Read messages stay read. Writes one row,
    /// however many messages. Needs a batch.</summary>
    /// <param name="reader">Who read.</param>
    /// <param name="sender">Whose messages.</param>
    /// <param name="through">The newest message that was read.</param>
    /// <param name="limit">Most ids to return, ≥ 1.</param>
    /// <returns>The newest of the messages that were unread before, ascending; empty if nothing changed.</returns>
    IReadOnlyList<MessageId> MarkReadThrough(AccountId reader, AccountId sender, MessageId through, int limit);

    /// <summary>Deletes those of the messages whose recipient is <paramref name="recipient"/>; their client ids stay
    /// used. After a millisecond or two it stops. Needs a batch.</summary>
    Deletion DeleteMessages(AccountId recipient, ReadOnlyMemory<long> ids);

    /// <summary>Deletes every account and everything that belongs to one. Needs a batch.</summary>
    void Reset();
}
