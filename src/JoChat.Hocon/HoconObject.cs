namespace JoChat.Hocon;

/// <summary>A key of an object and its value.</summary>
/// <param name="Key">The key, one path element, without quotes.</param>
/// <param name="IsQuoted">Whether any part of the key was quoted where it was last written.</param>
/// <param name="Position">Where the key was last written.</param>
/// <param name="Value">The value.</param>
public sealed record HoconField(string Key, bool IsQuoted, HoconPosition Position, HoconNode Value);

/// <summary>A set of fields, with distinct keys, in the order in which they first appeared.</summary>
public sealed class HoconObject : HoconNode
{
    private readonly Dictionary<string, HoconField> _byKey;

    internal HoconObject(IReadOnlyList<HoconField> fields, HoconPosition position) : base(position)
    {
        Fields = fields;
        _byKey = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
    }

    /// <summary>The fields in the order in which they first appeared.</summary>
    public IReadOnlyList<HoconField> Fields { get; }

    /// <summary>Parses a text and resolves every include, merge and substitution in it.</summary>
    /// <param name="text">The HOCON, at most 128 levels deep. Resolving it may take 500,000 evaluations and joined
    /// characters, and substitutions may nest 256 deep.</param>
    /// <param name="options">The text's name, includes and environment; the defaults if null.</param>
    /// <exception cref="HoconException">The text is not HOCON, a required substitution or include is missing, or a
    /// limit is exceeded.</exception>
    public static HoconObject Parse(string text, HoconOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new HoconOptions();
        var syntax = Parser.Parse(text, new ParseContext(options.SourceName, new Includer(options.ReadInclude)));
        return Resolver.Resolve(syntax, options.Environment);
    }

    /// <summary>Gives the value of one key, or null if the object has no such key. Keys are case-sensitive.</summary>
    /// <param name="key">One path element, without quotes.</param>
    public HoconNode? Find(string key) => _byKey.GetValueOrDefault(key)?.Value;
}
