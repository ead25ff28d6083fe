namespace JoChat.Hocon;

/// <summary>Limits what resolving one text may cost: a few lines of nested substitutions could otherwise take
/// any amount of memory or stack.</summary>
internal sealed class ResolutionBudget
{
    private const int MaxDepth = 256;
    private const int MaxCost = 500_000;

    private int _depth;
    private long _spent;

    /// <summary>Begins one evaluation, inside those that have not been left.</summary>
    public void Enter(HoconPosition at)
    {
        Spend(1, at);
        if (++_depth > MaxDepth)
        {
            throw new HoconException(at, $"expected at most {MaxDepth} values that lead into each other, came more " +
                "(a reference may contain itself)");
        }
    }

    public void Leave() => _depth--;

    /// <summary>Accounts for an evaluation, the values that were joined, or the characters of a joined text.</summary>
    public void Spend(long amount, HoconPosition at)
    {
        _spent += amount;
        if (_spent > MaxCost)
        {
            throw new HoconException(at, $"expected at most {MaxCost} evaluations and joined characters, came more");
        }
    }
}
