using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace JoChat.Cli.Display;

/// <summary>One JSON object on one line: exact for programs, and safe to print. What a terminal could obey or hide is
/// escaped, all other text stands as it is.</summary>
internal static class JsonLine
{
    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object.</summary>
    /// <param name="members">Writes its members.</param>
    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, AsItIs))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return EscapeUnsafe(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    // Outside of strings JSON is ASCII and without backslashes, so what is changed here stands in a string. The writer
    // escapes all that is beyond 16 bits, such as emoji.
    private static string EscapeUnsafe(string json)
    {
        var safe = new StringBuilder(json.Length);
        for (var rest = json.AsSpan(); !rest.IsEmpty;)
        {
            int used;
            if (rest[0] == '\\') { used = ReadEscape(rest, safe); }
            else
            {
                var isRune = Rune.DecodeFromUtf16(rest, out var rune, out used) == OperationStatus.Done;
                Append(safe, rest[..used], isRune && !SafeText.IsUnsafe(rune));
            }
            rest = rest[used..];
        }
        return safe.ToString();
    }

    private static int ReadEscape(ReadOnlySpan<char> escape, StringBuilder safe)
    {
        if (escape.Length >= 12 && Unit(escape) is { } high && Unit(escape[6..]) is { } low
            && Rune.TryCreate(high, low, out var rune))
        {
            Append(safe, [high, low], !SafeText.IsUnsafe(rune));
            return 12;
        }
        safe.Append(escape[..2]); // a backslash and what it escapes; the digits of \u are copied as they are
        return 2;
    }

    private static char? Unit(ReadOnlySpan<char> escape) => escape is ['\\', 'u', ..] && ushort.TryParse(
        escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;

    private static void Append(StringBuilder safe, ReadOnlySpan<char> text, bool isSafe)
    {
        if (isSafe) { safe.Append(text); return; }
        foreach (var unit in text) { safe.Append(CultureInfo.InvariantCulture, $@"\u{(int)unit:X4}"); }
    }
}
