using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>How far the marks of what was received rise in the open batch. However often a mark rises, it is written
/// once: when something asks for what depends on it, or at the end of the batch.</summary>
internal sealed class RaisedMarks(IChatStore store)
{
    private readonly Dictionary<AccountId, MessageId> _through = [];

    public void Raise(AccountId account, MessageId through)
    {
        var before = _through.GetValueOrDefault(account);
        if (through.Value > before.Value) { _through[account] = through; }
    }

    /// <summary>Writes one account's mark, before its messages are read.</summary>
    public void Write(AccountId account)
    {
        if (_through.Remove(account, out var through)) { store.MarkReceivedThrough(account, through); }
    }

    public void WriteAll()
    {
        foreach (var (account, through) in _through) { store.MarkReceivedThrough(account, through); }
        _through.Clear();
    }

    public void Clear() => _through.Clear();
}
