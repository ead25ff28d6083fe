namespace JoChat.Hocon;

/// <summary>Which file a parser reads, and where: the nesting, the path and the chain of includes around it.</summary>
internal sealed record ParseContext(string Source, Includer Includer)
{
    private const int MaxDepth = 128;

    private int _depth;

    /// <summary>The path from the root to here, or null inside an array: no path leads there.</summary>
    private KeyPath? Path { get; init; } = KeyPath.Root;

    /// <summary>The paths of the objects that this file is included in, the innermost first.</summary>
    public IReadOnlyList<KeyPath> Prefixes { get; private init; } = [];

    /// <summary>The chain of includes that led here, this file last.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [Source];

    public ParseContext At(KeyPath path) => this with { Path = Path?.Then(path) };

    public ParseContext InArray() => this with { Path = null };

    /// <summary>Counts nesting, over all files of a chain of includes, so that no text exhausts the stack.</summary>
    public ParseContext Deeper(int levels, HoconPosition at) => _depth + levels <= MaxDepth
        ? this with { _depth = _depth + levels }
        : throw new HoconException(at, $"expected at most {MaxDepth} levels of nesting, came more");

    public ParseContext Into(string file) => this with
    {
        Source = file,
        Prefixes = Path is { Keys.Count: > 0 } path ? [path, .. Prefixes] : Prefixes,
        Files = [.. Files, file],
    };
}
