namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public IReadOnlyList<MessageId> MarkReadThrough(
        AccountId reader, AccountId sender, MessageId through, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        IReadOnlyList<MessageId> read = [];
        Write("mark messages in", () => read = _markRead.MarkReadThrough(reader, sender, through, limit));
        return read;
    }
}
