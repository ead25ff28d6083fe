using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>How far the marks of what was received have risen since they were last written. However often a mark rises,
/// it is written once: when something asks for what depends on it, or when all are written. What an undone batch had
/// written is raised again.</summary>
internal sealed class RaisedMarks(IChatStore store)
{
    private readonly Dictionary<AccountId, MessageId> _raised = [];
    private readonly Dictionary<AccountId, MessageId> _inBatch = []; // written, but not durable yet

    public bool Any => _raised.Count > 0;

    public bool IsRaised(AccountId account) => _raised.ContainsKey(account);

    public void Raise(AccountId account, MessageId through)
    {
        var before = _raised.GetValueOrDefault(account);
        if (through.Value > before.Value) { _raised[account] = through; }
    }

    /// <summary>Writes one account's mark, if it has risen. Needs a batch.</summary>
    public void Write(AccountId account)
    {
        if (!_raised.Remove(account, out var through)) { return; }
        _inBatch[account] = through;
        store.AdvanceWatermark(account, through);
    }

    /// <summary>Writes every mark that has risen. Needs a batch.</summary>
    public void WriteAll()
    {
        foreach (var account in _raised.Keys.ToArray()) { Write(account); }
    }

    /// <summary>The batch is durable.</summary>
    public void Committed() => _inBatch.Clear();

    /// <summary>The batch is undone.</summary>
    public void RolledBack()
    {
        foreach (var (account, through) in _inBatch) { Raise(account, through); }
        _inBatch.Clear();
    }
}
