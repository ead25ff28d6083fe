namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    /// <inheritdoc/>
    public void AddMessage(in NewMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(message.Id.Value, LastMessageId.Value, nameof(message));
        _batch.EnsureUsable();
        _batch.Pending.Add(message);
        LastMessageId = message.Id;
    }

    /// <inheritdoc/>
    public FirstSend? FindFirstSend(in NewMessage message)
    {
        if (message.ClientId is null) { return null; }
        var found = message;
        return Read("find a client id in", () => UsedClientIds.Find(_batch.ToRead(), found));
    }

    /// <inheritdoc/>
    public bool HasExpiredClientIds(DateTimeOffset before) =>
        Read("find client ids in", () => _clientIds.HasExpired(_batch.ToReadBeside(), before));

    /// <inheritdoc/>
    public int DeleteExpiredClientIds(DateTimeOffset before) =>
        Write("delete client ids from", () => _clientIds.DeleteExpired(_batch.ToWrite(), before));

    /// <inheritdoc/>
    public long? CountUndelivered(AccountId recipient, MessageId after, MessageId through)
    {
        var last = new MessageId(Math.Min(through.Value, LastMessageId.Value));
        return Read("count messages in", () => _counts.Count(recipient, after, last));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadUndelivered(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from", () => MessageQueries.ReadUndelivered(
            _batch.ToRead(), recipient, after, through, limit, maxBytes, isWatermarked: true));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadUnmarked(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from", () => MessageQueries.ReadUndelivered(
            _batch.ToRead(), recipient, after, through, limit, maxBytes, isWatermarked: false));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadDelivered(
        AccountId recipient, MessageId liveAfter, MessageId before, int limit, ByteBudget budget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from",
            () => MessageQueries.ReadDelivered(_batch.ToRead(), recipient, liveAfter, before, limit, budget));
    }

    /// <inheritdoc/>
    public void AdvanceWatermark(AccountId recipient, MessageId through)
    {
        _batch.EnsureUsable();
        // A watermark above all ids would make messages delivered before they are sent.
        _batch.Pending.Advance(recipient, new MessageId(Math.Min(through.Value, LastMessageId.Value)));
    }

    /// <inheritdoc/>
    public void MarkDeliveredAfter(AccountId recipient, MessageId after, MessageId through) =>
        Write("mark messages in", () =>
        {
            MessageQueries.MarkDeliveredAfter(_batch.ToWrite(), recipient, after, through);
            _counts.MarkedAfter(recipient, after);
        });

    /// <inheritdoc/>
    public IReadOnlyList<MessageId> MarkReadThrough(
        AccountId reader, AccountId sender, MessageId through, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Write("mark messages in",
            () => MessageQueries.MarkReadThrough(_batch.ToWrite(), reader, sender, through, limit));
    }

    /// <inheritdoc/>
    public Deletion DeleteMessages(AccountId recipient, ReadOnlyMemory<long> ids)
    {
        var part = ids[..Math.Min(ids.Length, _limits.DeletedAtOnce)].ToArray();
        return Write("delete messages from",
            () => new Deletion(part.Length, _removal.Delete(_batch.ToWrite(), recipient, part)));
    }

    /// <inheritdoc/>
    public OldMessages FindOld(MessageId after, DateTimeOffset before) => Read("find messages in",
        () => MessageDeletion.FindOld(_batch.ToReadBeside(), after, before, _limits));

    /// <inheritdoc/>
    public int DeleteOld(IReadOnlyList<MessageId> ids) =>
        Write("delete messages from", () => _removal.Delete(_batch.ToWrite(), ids));

    /// <inheritdoc/>
    public DeletedSlice DeleteFrom(AccountId recipient, AccountId sender, MessageId through, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Write("delete messages from", () => _removal.DeleteFrom(
            _batch.ToWrite(), recipient, sender, through, limit, _limits.DeletedBytesAtOnce));
    }
}
