using System.Globalization;
using System.Text;

namespace JoChat.Hocon;

/// <summary>Renders a resolved tree as JSON in which every key and every scalar but null is a string. It holds nothing
/// but printable ASCII: the simplest text that any parser of JSON or HOCON reads back as the same tree.</summary>
internal sealed class JsonRenderer
{
    // An array of substitutions can repeat a long text as often as it has elements.
    private const int MaxCharacters = 1_000_000;

    private readonly StringBuilder _json = new();

    public static string Render(HoconNode node)
    {
        var renderer = new JsonRenderer();
        renderer.Add(node);
        return renderer._json.ToString();
    }

    private void Add(HoconNode node)
    {
        if (_json.Length > MaxCharacters)
        {
            throw new HoconException(node.Position, $"expected at most {MaxCharacters} characters, came more");
        }
        switch (node)
        {
            case HoconObject parent:
                AddAll('{', parent.Fields, AddField, '}');
                break;
            case HoconArray array:
                AddAll('[', array.Items, Add, ']');
                break;
            case HoconScalar { Kind: HoconScalarKind.Null }:
                _json.Append("null");
                break;
            case HoconScalar scalar:
                AddString(scalar.Text);
                break;
        }
    }

    private void AddField(HoconField field)
    {
        AddString(field.Key);
        _json.Append(':');
        Add(field.Value);
    }

    private void AddAll<T>(char open, IReadOnlyList<T> items, Action<T> add, char close)
    {
        _json.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) { _json.Append(','); }
            add(items[i]);
        }
        _json.Append(close);
    }

    private void AddString(string text)
    {
        _json.Append('"');
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\')
            {
                _json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                _json.Append(c);
            }
        }
        _json.Append('"');
    }
}
