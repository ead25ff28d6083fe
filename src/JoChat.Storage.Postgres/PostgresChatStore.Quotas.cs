namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    /// <inheritdoc/>
    public long CountSentBytes(AccountId sender) => Read("count messages in", () => _sentBytes.Of(sender,
        (long?)_batch.ToRead().ReadScalar("SELECT bytes FROM sent_bytes WHERE account_id = $1", sender.Value) ?? 0));

    /// <inheritdoc/>
    public long CountUndeliveredFrom(AccountId recipient, AccountId sender, MessageId after, int limit) =>
        Read("count messages in", () => Undelivered.CountFrom(_batch.ToRead(), recipient, sender, after, limit));

    /// <inheritdoc/>
    public long CountInbox(AccountId recipient, MessageId after, int limit) =>
        Read("count messages in", () => Undelivered.CountInbox(_batch.ToRead(), recipient, after, limit));

    /// <inheritdoc/>
    public bool HasSent(AccountId sender, AccountId recipient) => Read("look for messages in",
        () => (bool)_batch.ToRead().ReadScalar(
            "SELECT EXISTS (SELECT 1 FROM messages WHERE sender_id = $1 AND recipient_id = $2)",
            sender.Value, recipient.Value)!);

    /// <summary>The disk is the server's, which does not tell.</summary>
    public long MeasureFreeBytes() => long.MaxValue;
}
