namespace JoChat.Hocon;

/// <summary>A value before resolution. A text, an array and an object are values already, though what is inside
/// the latter two may not be; the others must be reduced to one of these three or to nothing.</summary>
internal abstract class Term(HoconPosition at)
{
    public HoconPosition At { get; } = at;
}

internal sealed class TextTerm(string text, HoconScalarKind kind, HoconPosition at) : Term(at)
{
    public string Text { get; } = text;

    public HoconScalarKind Kind { get; } = kind;
}

/// <summary>The whitespace between two parts of a concatenation: it counts between texts only.</summary>
internal sealed class WhitespaceTerm(string text, HoconPosition at) : Term(at)
{
    public string Text { get; } = text;
}

internal abstract class ContainerTerm(HoconPosition at) : Term(at)
{
    /// <summary>How many evaluations are going on inside. A substitution that leads to a container being evaluated
    /// would put it into itself.</summary>
    public int Visits { get; set; }
}

internal sealed class ArrayTerm(IReadOnlyList<Slot> items, HoconPosition at) : ContainerTerm(at)
{
    public IReadOnlyList<Slot> Items { get; } = items;
}

internal sealed class ConcatTerm(IReadOnlyList<Term> parts, HoconPosition at) : Term(at)
{
    public IReadOnlyList<Term> Parts { get; } = parts;
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="paths">Where to look, in this order: in an included file, relative to the places of inclusion from
/// the innermost outwards; then as written, which is also the environment variable's name.</param>
/// <param name="isOptional">Whether it may find nothing.</param>
/// <param name="at">Where it was written.</param>
internal sealed class SubstitutionTerm(IReadOnlyList<KeyPath> paths, bool isOptional, HoconPosition at) : Term(at)
{
    public IReadOnlyList<KeyPath> Paths { get; } = paths;

    public bool IsOptional { get; } = isOptional;
}

/// <summary>What the field held before: <c>a += x</c> is this and <c>[x]</c>. Having no path, it works in arrays too
/// and never means an environment variable.</summary>
internal sealed class PreviousTerm(HoconPosition at) : Term(at);
