namespace JoChat.Storage;

/// <summary>Pairs of accounts whose conversation has its rows, so that only the first message of a pair has to look.
/// </summary>
/// <remarks>An account that is deleted needs no care: its id is never given again. What a batch has added is forgotten
/// when it is undone: the rows are gone, and ids of accounts it added may be given to others.</remarks>
/// <param name="most">How many pairs are kept; with one more it begins anew. Some 50 bytes each.</param>
internal sealed class KnownPairs(int most)
{
    private readonly HashSet<(AccountId Low, AccountId High)> _pairs = [];
    private readonly List<(AccountId Low, AccountId High)> _ofOpenBatch = [];

    public bool Contains(AccountId one, AccountId other) => _pairs.Contains(Ordered(one, other));

    public void Add(AccountId one, AccountId other)
    {
        if (_pairs.Count == most) { _pairs.Clear(); }
        var pair = Ordered(one, other);
        _pairs.Add(pair);
        _ofOpenBatch.Add(pair);
    }

    /// <summary>The open batch is on disk.</summary>
    public void Committed() => _ofOpenBatch.Clear();

    /// <summary>The open batch is undone.</summary>
    public void RolledBack()
    {
        _pairs.ExceptWith(_ofOpenBatch);
        _ofOpenBatch.Clear();
    }

    private static (AccountId Low, AccountId High) Ordered(AccountId one, AccountId other) =>
        one.Value < other.Value ? (one, other) : (other, one);
}
