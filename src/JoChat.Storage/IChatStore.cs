namespace JoChat.Storage;

/// <summary>The accounts and messages of one chat service, on disk. Calls block; there is one writer and it owns the
/// store: no two calls at a time.</summary>
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
    /// <summary>What a message counts for in a list beside its content, in bytes: an empty text is not for
    /// free.</summary>
    const int BytesBesideContent = 100;

    /// <summary>Where counting an account's undelivered messages stops: above what original clients can be told, and
    /// some milliseconds of the writer's time.</summary>
    const long MaxUndeliveredCount = 100_000;

    /// <summary>The highest id ever given to a committed or added message; 0 if there was none. It never falls, not by
    /// deletion, not by <see cref="Reset"/>, so no id is ever given twice.</summary>
    MessageId LastMessageId { get; }

    /// <summary>Opens a reader beside the writer. The caller disposes of it, before the store.</summary>
    IChatReader OpenReader();

    /// <summary>Begins a batch. There must be none open.</summary>
    void Begin();

    /// <summary>Makes the open batch durable. If it throws, nothing of the batch is stored and the batch is
    /// closed.</summary>
    void Commit();

    /// <summary>Undoes the open batch and closes it; does nothing if none is open. Never throws.</summary>
    void Rollback();

    /// <summary>The account whose name has this key.</summary>
    /// <param name="usernameKey">The name as it is compared.</param>
    /// <returns>The account, or null if there is none.</returns>
    Account? FindAccount(string usernameKey);

    /// <summary>Adds an account. Needs a batch.</summary>
    /// <param name="username">The name as it is shown.</param>
    /// <param name="usernameKey">The name as it is compared; unique.</param>
    /// <param name="passwordHash">The slow salted hash of the password.</param>
    /// <param name="createdAt">Now.</param>
    /// <returns>The new account's id, or null if the key is taken.</returns>
    AccountId? AddAccount(string username, string usernameKey, string passwordHash, DateTimeOffset createdAt);

    /// <summary>Replaces an account's password hash. Needs a batch; does nothing if the account is gone.</summary>
    void SetPasswordHash(AccountId account, string passwordHash);

    /// <summary>Deletes an account, every message it sent or received, its conversations on both sides, its resume
    /// tokens and its client ids. Needs a batch; does nothing if it is gone.</summary>
    void DeleteAccount(AccountId account);

    /// <summary>Adds a message, undelivered and unread, unless its sender has used its client id before: then
    /// nothing is added and the message's id is still free. Needs a batch.</summary>
    /// <param name="message">Its id must be above <see cref="LastMessageId"/>; its accounts must exist.</param>
    /// <returns>Null if it was added, else what was stored first under the client id, in this batch or
    /// before.</returns>
    FirstSend? AddMessage(in NewMessage message);

    /// <summary>How many messages for <paramref name="recipient"/> are undelivered, counted up to
    /// <see cref="MaxUndeliveredCount"/>.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one; 0 for all. A pending watermark is laid over the stored one by giving
    /// it here.</param>
    /// <param name="through">Only ids up to and including this one.</param>
    long CountUndelivered(AccountId recipient, MessageId after, MessageId through);

    /// <summary>The oldest undelivered messages for <paramref name="recipient"/>, ascending.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="through">Only ids up to and including this one.</param>
    /// <param name="limit">Most messages, ≥ 0.</param>
    /// <param name="maxBytes">Stop before the list passes this size: the bytes of each content in UTF-8 and
    /// <see cref="BytesBesideContent"/>. The first message always comes.</param>
    IReadOnlyList<StoredMessage> ReadUndelivered(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes);

    /// <summary>The newest messages that were delivered to <paramref name="recipient"/>, or that have an id above
    /// <paramref name="liveAfter"/>, ascending.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="liveAfter">Messages above this id count as delivered.</param>
    /// <param name="maxBytes">Leave out the oldest so that the list stays within this size, reckoned as in
    /// <see cref="ReadUndelivered"/>. The newest message always comes.</param>
    IReadOnlyList<StoredMessage> ReadDelivered(AccountId recipient, MessageId liveAfter, int maxBytes);

    /// <summary>Advances the watermark of <paramref name="recipient"/>: every message with an id up to and including
    /// <paramref name="through"/> is delivered. It only rises. Writes one row, however many messages. Needs a
    /// batch.</summary>
    void AdvanceWatermark(AccountId recipient, MessageId through);

    /// <summary>Marks every message for <paramref name="recipient"/> with an id above <paramref name="after"/> as
    /// delivered, one by one: older ones stay undelivered. Needs a batch.</summary>
    void MarkDeliveredAfter(AccountId recipient, MessageId after);

    /// <summary>Deletes those of the messages that <paramref name="recipient"/> was sent; their client ids stay used.
    /// Needs a batch.</summary>
    /// <returns>How many there were.</returns>
    int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids);

    /// <summary>Deletes every account and all that belongs to them. Needs a batch.</summary>
    void Reset();
}
