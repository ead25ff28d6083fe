using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace JoChat.Gateway;

/// <summary>Writes lines of JSON that are safe to show, and in which no two texts look the same: letters stand as they are,
/// and what is invisible, or combines with what is before it, is escaped.</summary>
internal static class ImportJson
{
    private static readonly JavaScriptEncoder Encoder = MakeEncoder();

    /// <summary>An object as one line.</summary>
    /// <param name="write">Writes its members.</param>
    public static string Line(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Encoder }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>A text in quotes.</summary>
    public static string Quote(string text) => $"\"{Encoder.Encode(text)}\"";

    private static JavaScriptEncoder MakeEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsHidden)]);
        return JavaScriptEncoder.Create(settings);
    }

    // It escapes control characters, all separators but the space, and what is not assigned anyway.
    private static bool IsHidden(char character) => char.GetUnicodeCategory(character) is
        UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark;
}
