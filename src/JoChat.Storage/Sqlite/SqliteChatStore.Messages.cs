using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public void AddMessage(in NewMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(message.Id.Value, LastMessageId.Value, nameof(message));
        _batch.EnsureUsable();
        try
        {
            if (message.ClientId is null || _clientIds.TryUse(message.ClientId, message))
            {
                _messages.Add(message);
                _sentBytes.Add(message);
            }
        }
        catch (SqliteException fault)
        {
            throw Failed("add a message to", fault);
        }
        _ids.Give(message.Id);
    }

    /// <inheritdoc/>
    public bool HasExpiredClientIds(DateTimeOffset before) =>
        Read("find client ids in", () => _clientIds.HasExpired(before));

    /// <inheritdoc/>
    public int DeleteExpiredClientIds(DateTimeOffset before) =>
        Write("delete client ids from", () => _clientIds.DeleteExpired(before));

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
        return Read("read messages from", () => _messages.ReadUndelivered(recipient, after, through, limit, maxBytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadUnmarked(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from", () => _messages.ReadUnmarked(recipient, after, through, limit, maxBytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadDelivered(
        AccountId recipient, MessageId liveAfter, MessageId before, int limit, ByteBudget budget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from",
            () => _messages.ReadDelivered(recipient, liveAfter, before, limit, budget));
    }

    /// <inheritdoc/>
    public void AdvanceWatermark(AccountId recipient, MessageId through)
    {
        // A watermark above all ids would make messages delivered before they are sent.
        var watermark = new MessageId(Math.Min(through.Value, LastMessageId.Value));
        Write("mark messages in", () => _accounts.AdvanceWatermark(recipient, watermark));
    }

    /// <inheritdoc/>
    public void MarkDeliveredAfter(AccountId recipient, MessageId after, MessageId through) =>
        Write("mark messages in", () =>
        {
            _messages.MarkDeliveredAfter(recipient, after, through);
            _counts.MarkedAfter(recipient, after);
        });

    /// <inheritdoc/>
    public IReadOnlyList<MessageId> MarkReadThrough(
        AccountId reader, AccountId sender, MessageId through, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Write("mark messages in", () => _markRead.MarkReadThrough(reader, sender, through, limit));
    }

    /// <inheritdoc/>
    public Deletion DeleteMessages(AccountId recipient, ReadOnlyMemory<long> ids) => Write("delete messages from",
        () => _removal.Delete(recipient, ids.Span, _limits.DeletedAtOnce));

    /// <inheritdoc/>
    public OldMessages FindOld(MessageId after, DateTimeOffset before) =>
        Read("find messages in", () => _oldMessages.Find(after, before));

    /// <inheritdoc/>
    public int DeleteOld(IReadOnlyList<MessageId> ids) => Write("delete messages from", () => _removal.Delete(ids));
}
