using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public FirstSend? AddMessage(in NewMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(message.Id.Value, LastMessageId.Value, nameof(message));
        _batch.Demand();
        try
        {
            if (message.ClientId is { } clientId && _clientIds.Use(clientId, message) is { } first) { return first; }
            _messages.Add(message);
        }
        catch (SqliteException fault)
        {
            throw Failed("add a message to", fault);
        }
        _ids.Give(message.Id);
        return null;
    }

    /// <inheritdoc/>
    public long CountWaiting(AccountId recipient, MessageId through)
    {
        var last = new MessageId(Math.Min(through.Value, LastMessageId.Value));
        return Read("count messages in", () => _waiting.Count(recipient, last));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadWaiting(
        AccountId recipient, MessageId after, MessageId through, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from", () => _messages.ReadWaiting(recipient, after, through, limit, maxBytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> ReadReceived(AccountId recipient, MessageId liveAfter, int maxBytes) =>
        Read("read messages from", () => _messages.ReadReceived(recipient, liveAfter, maxBytes));

    /// <inheritdoc/>
    public void MarkReceivedThrough(AccountId recipient, MessageId through)
    {
        // A mark above all ids would count messages as received before they are sent.
        var mark = new MessageId(Math.Min(through.Value, LastMessageId.Value));
        Write("mark messages in", () => _accounts.MarkReceivedThrough(recipient, mark));
    }

    /// <inheritdoc/>
    public void MarkReceivedAfter(AccountId recipient, MessageId after) => Write("mark messages in", () =>
    {
        _messages.MarkReceivedAfter(recipient, after);
        _waiting.MarkedAfter(recipient, after);
    });

    /// <inheritdoc/>
    public int DeleteMessages(AccountId recipient, IReadOnlyCollection<long> ids)
    {
        var deleted = 0;
        Write("delete messages from", () =>
        {
            var senders = new HashSet<AccountId>();
            foreach (var message in ids.Select(id => new MessageId(id)))
            {
                if (_messages.Delete(recipient, message) is not { } sender) { continue; }
                _waiting.Deleted(recipient, message);
                senders.Add(sender);
                deleted++;
            }
            foreach (var sender in senders) { _order.Deleted(sender, recipient); }
        });
        return deleted;
    }
}
