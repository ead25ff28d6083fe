namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public bool IsBlocked(AccountId account, AccountId other) => _blocks.MayBlock(account) && FindBlock(account, other);

    /// <inheritdoc/>
    public bool Block(AccountId account, AccountId other, int most) =>
        Write("add a block to", () => _blocks.Add(account, other, most));

    /// <inheritdoc/>
    public void Unblock(AccountId account, AccountId other) =>
        Write("delete a block from", () => _blocks.Delete(account, other));

    // Apart, so that who blocks nobody needs no closure.
    private bool FindBlock(AccountId account, AccountId other) =>
        Read("find a block in", () => _blocks.Has(account, other));

    /// <inheritdoc/>
    public DeletedSlice DeleteFrom(AccountId recipient, AccountId sender, MessageId through, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Write("delete messages from", () =>
        {
            var deleted = _deleteFrom.Delete(recipient, sender, through, limit);
            if (deleted.Count > 0) { _counts.Forget(recipient); }
            var isLast = deleted.Count == 0
                && _deleteFrom.DeleteWithheld(recipient, sender, through, limit).Count == 0;
            if (!isLast) { _conversationIndex.Deleted(sender, recipient); }
            return new DeletedSlice(deleted.Count, isLast);
        });
    }
}
