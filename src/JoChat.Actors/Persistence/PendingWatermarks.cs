using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>Delivery watermarks that have risen and are not durable yet. However often one rises, it is written once,
/// a little later (docs/adr/0005); until then it is laid over what is read. If the process dies before, those messages
/// are pushed again.</summary>
internal sealed class PendingWatermarks(IChatStore store)
{
    private readonly Dictionary<AccountId, MessageId> _raised = [];
    private readonly Dictionary<AccountId, MessageId> _inTransaction = []; // written, but not durable yet

    /// <summary>Whether any is still to be written.</summary>
    public bool Any => _raised.Count > 0;

    /// <summary>The account's watermark that is not durable yet; default if the stored one holds.</summary>
    public MessageId Of(AccountId account) => _raised.TryGetValue(account, out var through)
        ? through
        : _inTransaction.GetValueOrDefault(account);

    /// <summary>Notes how far an account's messages are delivered.</summary>
    public void Raise(AccountId account, MessageId through)
    {
        if (through.Value <= _raised.GetValueOrDefault(account).Value) { return; }
        _raised[account] = through;
    }

    /// <summary>Writes one account's watermark, if it has risen. Needs a transaction.</summary>
    public void Write(AccountId account)
    {
        if (!_raised.Remove(account, out var through)) { return; }
        _inTransaction[account] = through;
        store.AdvanceWatermark(account, through);
    }

    /// <summary>Writes every watermark that has risen. Needs a transaction.</summary>
    public void WriteAll()
    {
        foreach (var account in _raised.Keys.ToArray()) { Write(account); }
    }

    /// <summary>The transaction is durable.</summary>
    public void Committed() => _inTransaction.Clear();

    /// <summary>The transaction is undone: what it had written is pending again.</summary>
    public void RolledBack()
    {
        foreach (var (account, through) in _inTransaction) { Raise(account, through); }
        _inTransaction.Clear();
    }
}
