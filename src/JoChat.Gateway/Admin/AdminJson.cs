using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace JoChat.Gateway;

/// <summary>How what the operator asks and hears is written: as JSON with names in snake case, as on the wire, and nothing
/// that a terminal would obey.</summary>
internal static class AdminJson
{
    // Of format characters, which are invisible or turn what follows: those before U+10000.
    private static readonly (char First, char Last)[] Invisible =
    [
        ('\u00AD', '\u00AD'), ('\u061C', '\u061C'), ('\u180E', '\u180E'), ('\u200B', '\u200F'), ('\u2028', '\u202E'),
        ('\u2060', '\u206F'), ('\uFE00', '\uFE0F'), ('\uFEFF', '\uFEFF'), ('\uFFF0', '\uFFFF'),
    ];

    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(AllVisible()),
    };

    /// <summary>A name as people read it, in which only what a terminal would obey, or nobody sees, is escaped.</summary>
    public static string Printable(string name)
    {
        var printable = new StringBuilder(name.Length);
        foreach (var unit in name)
        {
            if (char.IsControl(unit) || Array.Exists(Invisible, range => unit >= range.First && unit <= range.Last))
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            }
            else { printable.Append(unit); }
        }
        return printable.ToString();
    }

    private static TextEncoderSettings AllVisible()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        foreach (var (first, last) in Invisible) { settings.ForbidRange(UnicodeRange.Create(first, last)); }
        return settings;
    }
}
