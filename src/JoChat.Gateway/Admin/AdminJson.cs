using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace JoChat.Gateway;

/// <summary>How what the operator asks and hears is written: as JSON with names in snake case, as on the wire, and nothing
/// that a terminal would obey.</summary>
internal static class AdminJson
{
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
        foreach (var character in name.EnumerateRunes())
        {
            if (EscapedText.IsHidden(character)) { printable.AppendEscaped(character); }
            else { printable.Append(character.ToString()); }
        }
        return printable.ToString();
    }

    private static TextEncoderSettings AllVisible()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All); // up to U+FFFF; what is above is escaped in any case
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            if (Rune.TryCreate(unit, out var character) && EscapedText.IsHidden(character))
            {
                settings.ForbidCharacter((char)unit);
            }
        }
        return settings;
    }
}
