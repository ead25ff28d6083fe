namespace JoChat.Hocon;

/// <summary>A resolved HOCON text: every include, merge and substitution is done. Immutable.</summary>
/// <remarks>A path is keys with dots between them; a key that holds a dot stands in quotes: <c>a."b.c".d</c>.</remarks>
public sealed partial class HoconRoot
{
    private HoconRoot(HoconObject content) => Content = content;

    /// <summary>The root without fields.</summary>
    public static HoconRoot Empty { get; } = new(new HoconObject([], new HoconPosition("<empty>", 1, 1)));

    internal HoconObject Content { get; }

    /// <summary>Reads and resolves a text.</summary>
    /// <param name="text">The HOCON, at most 128 levels deep. Resolving it may take 500,000 evaluations and joined
    /// characters, and values may lead into each other 256 deep: far beyond any honest text.</param>
    /// <param name="options">The text's name, includes and environment; the defaults if null.</param>
    /// <exception cref="HoconException">The text is not HOCON, a required reference or include is missing, or a
    /// bound is passed.</exception>
    public static HoconRoot Parse(string text, HoconOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new HoconOptions();
        var syntax = Parser.Parse(text, new Scope(options.SourceName, new Includer(options.ReadInclude)));
        return new HoconRoot(Resolver.Resolve(syntax, options.Environment));
    }

    /// <summary>Whether the path leads to a value other than null.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">The path is malformed.</exception>
    public bool HasPath(string path) => Find(path) is { } node and not HoconScalar { Kind: HoconScalarKind.Null };

    /// <summary>Gives the value at the path, an explicit null included; null if there is none.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">The path is malformed.</exception>
    public HoconNode? Find(string path)
    {
        HoconNode? node = Content;
        foreach (var key in PathReader.Parse(path).Keys) { node = (node as HoconObject)?.Find(key.Text); }
        return node;
    }

    /// <summary>Gives the object at the path as a root of its own; the empty root for nothing and for null.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">Another kind of value is there, or the path is malformed.</exception>
    public HoconRoot GetObject(string path) => Find(path) switch
    {
        null or HoconScalar { Kind: HoconScalarKind.Null } => Empty,
        HoconObject content => new HoconRoot(content),
        var other => throw Bad(path, "an object", other),
    };

    /// <summary>Gives this root's values, and the other's where this has none. Objects merge at every depth; an
    /// explicit null counts as a value.</summary>
    /// <param name="fallback">Where to look second.</param>
    public HoconRoot WithFallback(HoconRoot fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        return new HoconRoot(Content.Over(fallback.Content));
    }
}
