using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public long CountSentBytes(AccountId sender) => Read("count messages in", () => _sentBytes.Of(sender));

    /// <inheritdoc/>
    public long CountUndeliveredFrom(AccountId recipient, AccountId sender, MessageId after, int limit) =>
        Read("count messages in", () => _waiting.CountFrom(recipient, sender, after, limit));

    /// <inheritdoc/>
    public long CountInbox(AccountId recipient, MessageId after, int limit) =>
        Read("count messages in", () => _waiting.CountAll(recipient, after, limit));

    /// <inheritdoc/>
    public bool HasSent(AccountId sender, AccountId recipient) =>
        Read("look for messages in", () => _waiting.HasSent(sender, recipient));

    /// <inheritdoc/>
    public long MeasureFreeBytes() => DiskSpace.FreeOf(_database.Path) ?? long.MaxValue;

    /// <inheritdoc/>
    public FirstSend? FindFirstSend(in NewMessage message)
    {
        try
        {
            return message.ClientId is { } clientId ? _clientIds.Find(clientId, message) : null;
        }
        catch (SqliteException fault)
        {
            throw Failed("find a client id in", fault);
        }
    }
}
