namespace JoChat.Hocon;

/// <summary>A field or an array element: all values that were set for it, the latest on top, and what is known of
/// their resolution.</summary>
internal sealed class Slot
{
    private readonly List<Term> _stack;
    private Outcome?[]? _outcomes;
    private int? _level;

    public Slot(Key key, List<Term> stack) => (Key, _stack) = (key, stack);

    /// <summary>The key as it was last written.</summary>
    public Key Key { get; private set; }

    public IReadOnlyList<Term> Stack => _stack;

    /// <summary>The level being evaluated, or the number of levels if none is. Who asks for the slot's value sees the
    /// levels below this one: that is how <c>a = ${a}x</c> reads the previous value.</summary>
    public int Level
    {
        get => _level ?? _stack.Count;
        set => _level = value;
    }

    public void Push(Key key, Term value)
    {
        Key = key;
        _stack.Add(value);
    }

    /// <summary>This slot's values on top of another's. A value that both hold stays where it is highest: the lower
    /// one could not be seen, and keeping it would double the stack at each <c>a = ${a}{...}</c>.</summary>
    public Slot Over(Slot below) => new(Key, [.. below._stack.Except(_stack), .. _stack]);

    /// <summary>What the levels up to the given one came to, or null if that is not known yet.</summary>
    public Outcome? Known(int level) => _outcomes?[level];

    public void Learn(int level, Term? value) => (_outcomes ??= new Outcome?[_stack.Count])[level] = new Outcome(value);
}

/// <summary>A finished evaluation. Its value is a text, an array, an object, or null for nothing.</summary>
internal sealed record Outcome(Term? Value);
