namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public IReadOnlyList<PairMessage> ReadHistory(
        AccountId account, AccountId other, MessageId before, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("read messages from",
            () => _conversations.ReadHistory(account, other, before, limit, maxBytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredConversation> ListConversations(
        AccountId account, MessageId before, int limit, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list conversations of", () => _conversations.List(account, before, limit, maxBytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<MessageId> MarkReadThrough(
        AccountId reader, AccountId sender, MessageId through, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        IReadOnlyList<MessageId> read = [];
        Write("mark messages in", () => read = _conversations.MarkReadThrough(reader, sender, through, limit));
        return read;
    }
}
