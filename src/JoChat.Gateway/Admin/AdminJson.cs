using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace JoChat.Gateway;

/// <summary>How what the operator asks and hears is written as JSON: names in snake case, as on the wire; letters of all
/// scripts as they are, and what a terminal would obey escaped.</summary>
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

    private static TextEncoderSettings AllVisible()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        foreach (var (first, last) in Invisible) { settings.ForbidRange(UnicodeRange.Create(first, last)); }
        return settings;
    }
}
