namespace JoChat.Storage.Postgres;

public sealed partial class PostgresChatStore
{
    /// <inheritdoc/>
    public bool IsBlocked(AccountId account, AccountId other) => _blocks.MayBlock(account) && FindBlock(account, other);

    /// <inheritdoc/>
    public bool Block(AccountId account, AccountId other, int most) => Write("add a block to", () =>
    {
        var blocked = _blocks.Of(account, _batch.ToReadBeside);
        if (blocked.Contains(other)) { return true; }
        if (blocked.Count >= most) { return false; }
        Blocks.Add(_batch.ToWrite(), account, other);
        _blocks.Forget(account);
        return true;
    });

    /// <inheritdoc/>
    public void Unblock(AccountId account, AccountId other) => Write("delete a block from", () =>
    {
        _batch.ToWrite().Execute(
            "DELETE FROM blocks WHERE account_id = $1 AND other_id = $2", account.Value, other.Value);
        _blocks.Forget(account);
    });

    // Apart, so that who blocks nobody needs no closure.
    private bool FindBlock(AccountId account, AccountId other) =>
        Read("find a block in", () => _blocks.Of(account, _batch.ToReadBeside).Contains(other));
}
