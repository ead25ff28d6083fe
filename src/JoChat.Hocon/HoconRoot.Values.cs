using System.Globalization;

namespace JoChat.Hocon;

public sealed partial class HoconRoot
{
    private const NumberStyles Whole =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private delegate bool Reading<T>(string text, out T value);

    /// <summary>Gives the text at the path; null if nothing or null is there. Numbers and switches come as they were
    /// written.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">An array or an object is there, or the path is malformed.</exception>
    public string? GetString(string path) => Find(path) switch
    {
        null or HoconScalar { Kind: HoconScalarKind.Null } => null,
        HoconScalar scalar => scalar.Text,
        var other => throw Bad(path, "a text", other),
    };

    /// <summary>Gives the whole number at the path; <c>1e3</c> and <c>5.0</c> are whole too.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">There is none, it is no whole number or it does not fit.</exception>
    public int GetInt(string path) => Read(path, "a whole number of 32 bits", (string text, out int value) =>
        int.TryParse(text, Whole, CultureInfo.InvariantCulture, out value));

    /// <inheritdoc cref="GetInt"/>
    public long GetLong(string path) => Read(path, "a whole number of 64 bits", (string text, out long value) =>
        long.TryParse(text, Whole, CultureInfo.InvariantCulture, out value));

    /// <summary>Gives the switch at the path: true, yes, on, false, no or off, in lower case.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">There is none or it is another text.</exception>
    public bool GetBoolean(string path) => Read<bool>(path, "true, yes, on, false, no or off", Switches.TryParse);

    /// <summary>Gives the finite number at the path.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">There is none, it is no number or it is too large.</exception>
    public double GetDouble(string path) => Read(path, "a number", (string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>Gives the duration at the path, as <see cref="Duration.Parse"/> reads it.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">There is none, it is no duration or it is too long.</exception>
    public TimeSpan GetDuration(string path) => Read<Duration>(path, Duration.Expected, Duration.TryParse).Value;

    /// <summary>Gives the size at the path in bytes, as <see cref="ByteSize.Parse"/> reads it.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">There is none, it is no size or it is too large.</exception>
    public long GetByteSize(string path) => Read<ByteSize>(path, ByteSize.Expected, ByteSize.TryParse).Bytes;

    /// <summary>Gives the texts at the path: an array's elements, or the values of an object's numeric keys in
    /// the order of their numbers.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="HoconException">There is no list, or an element is null, an array or an object.</exception>
    public IReadOnlyList<string> GetStringList(string path)
    {
        var items = Find(path) switch
        {
            HoconArray array => array.Items,
            HoconObject numbered when ByNumber(numbered) is { Count: > 0 } values => values,
            var other => throw Bad(path, "a list", other),
        };
        return [.. items.Select(item => item is HoconScalar { Kind: not HoconScalarKind.Null } scalar
            ? scalar.Text
            : throw Bad(path, "a list of texts", item))];
    }

    private static List<HoconNode> ByNumber(HoconObject content) =>
        [.. content.Fields
            .Where(field => int.TryParse(field.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderBy(field => int.Parse(field.Key, CultureInfo.InvariantCulture))
            .Select(field => field.Value)];

    private T Read<T>(string path, string expected, Reading<T> reading)
    {
        var node = Find(path);
        return node is HoconScalar { Kind: not HoconScalarKind.Null } scalar && reading(scalar.Text, out var value)
            ? value
            : throw Bad(path, expected, node);
    }

    private HoconException Bad(string path, string expected, HoconNode? node) =>
        new(node?.Position ?? Content.Position, $"{path}: expected {expected}, came " + node switch
        {
            null => "nothing",
            HoconArray => "an array",
            HoconObject => "an object",
            HoconScalar { Kind: HoconScalarKind.Null } => "null",
            HoconScalar scalar => $"\"{Token.Shorten(scalar.Text)}\"",
            _ => "something else",
        });
}
