using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon;

/// <summary>Turns a resolved tree into the flat keys of Microsoft.Extensions.Configuration, as its JSON provider does:
/// True and False (also for an unquoted on, yes, off and no), null for null and for an empty object, an empty text for
/// an empty array. Unquoted keys lose their hyphens, so that <c>max-frame</c> binds to <c>MaxFrame</c>.</summary>
/// <param name="keptAsJson">A top-level key whose object is not flattened but becomes one JSON text.</param>
internal sealed class HoconFlattener(string? keptAsJson)
{
    // Each leaf repeats the keys above it, so that a small text with long keys could flatten to gigabytes.
    private const long MaxCharacters = 50_000_000;

    private long _characters;

    /// <summary>The values by their keys.</summary>
    public Dictionary<string, string?> Data { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where each value is in the text.</summary>
    public Dictionary<string, HoconPosition> Positions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static HoconFlattener Flatten(HoconObject root, string? keptAsJson = null)
    {
        var flattener = new HoconFlattener(keptAsJson);
        flattener.AddFields(null, root);
        return flattener;
    }

    private void AddFields(string? path, HoconObject parent)
    {
        // HOCON's keys are case-sensitive, the flat ones are not.
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in parent.Fields)
        {
            var name = NameOf(field);
            if (!names.TryAdd(name, field.Key))
            {
                throw new HoconException(field.Position, "expected keys that differ in more than case and hyphens, " +
                    $"came {Token.Shorten(field.Key)} beside {Token.Shorten(names[name])}");
            }
            if (path is null && name.Equals(keptAsJson, StringComparison.OrdinalIgnoreCase))
            {
                (Data[name], Positions[name]) = (JsonOf(field), field.Position);
                continue;
            }
            Add(path is null ? name : ConfigurationPath.Combine(path, name), field.Value);
        }
    }

    private void Add(string path, HoconNode node)
    {
        _characters += path.Length;
        if (_characters > MaxCharacters)
        {
            throw new HoconException(node.Position, $"expected at most {MaxCharacters} characters of keys, came more");
        }

        switch (node)
        {
            case HoconObject { Fields.Count: > 0 } parent:
                AddFields(path, parent);
                break;
            case HoconArray { Items.Count: > 0 } array:
                for (var i = 0; i < array.Items.Count; i++)
                {
                    Add(ConfigurationPath.Combine(path, i.ToString(CultureInfo.InvariantCulture)), array.Items[i]);
                }
                break;
            default:
                (Data[path], Positions[path]) = (TextOf(node), node.Position);
                break;
        }
    }

    private static string? JsonOf(HoconField field) => field.Value switch
    {
        HoconObject content => JsonRenderer.Render(content),
        HoconScalar { Kind: HoconScalarKind.Null } => null,
        var other => throw new HoconException(other.Position, $"{field.Key}: expected an object, came " +
            (other is HoconScalar scalar ? $"\"{Token.Shorten(scalar.Text)}\"" : "an array")),
    };

    private static string NameOf(HoconField field)
    {
        if (field.Key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))
        {
            throw new HoconException(
                field.Position, $"expected a key without a colon, came \"{Token.Shorten(field.Key)}\"");
        }
        return field.IsQuoted ? field.Key : field.Key.Replace("-", "", StringComparison.Ordinal);
    }

    private static string? TextOf(HoconNode node) => node switch
    {
        HoconArray => "",
        HoconScalar { Kind: HoconScalarKind.Text } scalar => scalar.Text,
        HoconScalar { Kind: HoconScalarKind.Word } scalar => TextOfWord(scalar.Text),
        _ => null,
    };

    private static string TextOfWord(string word) => word switch
    {
        "true" or "yes" or "on" => bool.TrueString,
        "false" or "no" or "off" => bool.FalseString,
        _ => word,
    };
}
