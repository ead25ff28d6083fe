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

    /// <summary>Gives the value of one key, or null if the object has no such key. Keys are case-sensitive.</summary>
    /// <param name="key">One path element, without quotes.</param>
    public HoconNode? Find(string key) => _byKey.GetValueOrDefault(key)?.Value;

    internal HoconObject Over(HoconObject fallback)
    {
        var merged = fallback.Fields.Select(below => _byKey.TryGetValue(below.Key, out var above)
            ? above with { Value = Over(above.Value, below.Value) }
            : below);
        var added = Fields.Where(field => !fallback._byKey.ContainsKey(field.Key));
        return new HoconObject([.. merged, .. added], Position);
    }

    private static HoconNode Over(HoconNode above, HoconNode below) =>
        above is HoconObject upper && below is HoconObject lower ? upper.Over(lower) : above;
}
