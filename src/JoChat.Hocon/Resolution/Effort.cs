namespace JoChat.Hocon;

/// <summary>Bounds what resolving one text may cost: a few lines of references to references could otherwise ask for
/// any amount of memory or stack.</summary>
internal sealed class Effort
{
    private const int MaxDepth = 400;
    private const int MaxSize = 1_000_000;

    private int _depth;
    private long _size;

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

    /// <summary>Accounts for values made: their count, or the characters of a joined text.</summary>
    public void Spend(long size, HoconPosition at)
    {
        _size += size;
        if (_size > MaxSize)
        {
            throw new HoconException(at, $"expected at most {MaxSize} values and characters after resolution, came more");
        }
    }
}
